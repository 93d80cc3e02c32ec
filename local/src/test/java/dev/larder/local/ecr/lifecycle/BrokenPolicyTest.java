package dev.larder.local.ecr.lifecycle;

import static dev.larder.local.ecr.lifecycle.Policies.EXPIRE;
import static dev.larder.local.ecr.lifecycle.Policies.TRANSITION;
import static dev.larder.local.ecr.lifecycle.Policies.any;
import static dev.larder.local.ecr.lifecycle.Policies.json;
import static dev.larder.local.ecr.lifecycle.Policies.moreThan;
import static dev.larder.local.ecr.lifecycle.Policies.prefixed;
import static dev.larder.local.ecr.lifecycle.Policies.pulled;
import static dev.larder.local.ecr.lifecycle.Policies.pushed;
import static dev.larder.local.ecr.lifecycle.Policies.rule;
import static dev.larder.local.ecr.lifecycle.Policies.tagged;
import static dev.larder.local.ecr.lifecycle.Policies.text;
import static dev.larder.local.ecr.lifecycle.Policies.transitioned;
import static dev.larder.local.ecr.lifecycle.Policies.untagged;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.larder.local.aws.AwsException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BrokenPolicyTest {
    private static final String S = "$.rules[0].selection";

    @ParameterizedTest
    @MethodSource({"texts", "rulesAlone", "tagStatuses", "counts", "actions", "rulesTogether"})
    void aBrokenPolicyIsRefusedWithThePlaceAndTheRemedy(String text, String reason) {
        AwsException refused = assertThrows(AwsException.class, () -> LifecyclePolicy.parse(text));
        assertEquals(
                "Invalid parameter at 'LifecyclePolicyText' failed to satisfy constraint: "
                        + "'Lifecycle policy validation failure: " + reason + "'",
                refused.message());
        assertEquals("InvalidParameterException", refused.code());
        assertEquals(400, refused.status());
    }

    static Stream<Arguments> texts() {
        return Stream.of(
                arguments("{\"rules\":[]}", "$: found 12 characters; expected 100 to 30720 characters"),
                arguments(" ".repeat(30_721), "$: found 30721 characters; expected 100 to 30720 characters"),
                arguments(json("[]"), "$: found []; expected an object"),
                arguments(json("{'rules':{}}"), "$.rules: found {}; expected a list"),
                arguments(json("{}"), "$.rules: found nothing; expected a list"),
                arguments(text(), "$.rules: found 0 rules; expected 1 to 50 rules"),
                arguments(text(numbered(51)), "$.rules: found 51 rules; expected 1 to 50 rules"),
                arguments(text("7"), "$.rules[0]: found 7; expected an object"),
                arguments(json("{'version':1,'rules':[]}"), "$.version: found an unknown field; expected only rules"),
                arguments(
                        json("{'rules':[],'rules':[]}"),
                        "$: found text that is not JSON (line 1, column 20: Duplicate field 'rules');"
                                + " expected one JSON object"));
    }

    static Stream<Arguments> rulesAlone() {
        String right = any() + moreThan(1);
        return Stream.of(
                arguments(
                        text(rule(0, right, EXPIRE)),
                        "$.rules[0].rulePriority: found 0; expected a whole number from 1 to 2147483647"),
                arguments(
                        text("{'selection':{" + right + "},'action':" + EXPIRE + "}"),
                        "$.rules[0].rulePriority: found nothing; expected a whole number from 1 to 2147483647"),
                arguments(
                        text("{'rulePriority':1,'description':null,'selection':{" + right + "},'action':" + EXPIRE
                                + "}"),
                        "$.rules[0].description: found null; expected a string"),
                arguments(
                        text("{'rulePriority':1,'filter':{" + right + "},'action':" + EXPIRE + "}"),
                        "$.rules[0].filter: found an unknown field;"
                                + " expected only rulePriority, description, selection, action"),
                arguments(
                        text("{'rulePriority':1,'action':" + EXPIRE + "}"),
                        "$.rules[0].selection: found nothing; expected an object"),
                arguments(
                        text(rule(1, "'tagRegex':'.*'," + right, EXPIRE)),
                        S + ".tagRegex: found an unknown field; expected only tagStatus, tagPatternList, tagPrefixList,"
                                + " storageClass, countType, countUnit, countNumber"));
    }

    static Stream<Arguments> tagStatuses() {
        return Stream.of(
                arguments(
                        text(rule(1, "'tagStatus':'ANY'," + moreThan(1), EXPIRE)),
                        S + ".tagStatus: found \"ANY\"; expected \"tagged\" or \"untagged\" or \"any\""),
                arguments(
                        text(rule(1, "'tagStatus':'tagged'," + moreThan(1), EXPIRE)),
                        S + ": found neither tagPatternList nor tagPrefixList;"
                                + " expected exactly one of them with tagStatus tagged"),
                arguments(
                        text(rule(1, tagged("a") + "'tagPrefixList':['b']," + moreThan(1), EXPIRE)),
                        S + ": found both tagPatternList and tagPrefixList;"
                                + " expected exactly one of them with tagStatus tagged"),
                arguments(
                        text(rule(1, any() + "'tagPatternList':['b']," + moreThan(1), EXPIRE)),
                        S + ".tagPatternList: found [\"b\"]; expected no tagPatternList with tagStatus any"),
                arguments(
                        text(rule(1, untagged() + "'tagPrefixList':[]," + moreThan(1), EXPIRE)),
                        S + ".tagPrefixList: found []; expected no tagPrefixList with tagStatus untagged"),
                arguments(
                        text(rule(1, "'tagStatus':'tagged','tagPrefixList':[]," + moreThan(1), EXPIRE)),
                        S + ".tagPrefixList: found []; expected at least one string"),
                arguments(
                        text(rule(1, prefixed("a", "") + moreThan(1), EXPIRE)),
                        S + ".tagPrefixList[1]: found \"\"; expected a string of at least one character"),
                arguments(
                        text(rule(1, tagged("*test*1*2*3", "test*1*2*3*4*5*6") + moreThan(1), EXPIRE)),
                        S + ".tagPatternList[1]: found \"test*1*2*3*4*5*6\" with 6 wildcards; expected at most 4"));
    }

    static Stream<Arguments> counts() {
        return Stream.of(
                arguments(
                        text(rule(1, any() + "'countType':'size','countNumber':1", EXPIRE)),
                        S + ".countType: found \"size\"; expected \"imageCountMoreThan\" or \"sinceImagePushed\" or"
                                + " \"sinceImagePulled\" or \"sinceImageTransitioned\""),
                arguments(
                        text(rule(1, any() + moreThan(0), EXPIRE)),
                        S + ".countNumber: found 0; expected a whole number from 1 to 2147483647"),
                arguments(
                        text(rule(1, any() + moreThan(1) + ".5", EXPIRE)),
                        S + ".countNumber: found 1.5; expected a whole number from 1 to 2147483647"),
                arguments(
                        text(rule(1, any() + "'countUnit':'days'," + moreThan(1), EXPIRE)),
                        S + ".countUnit: found \"days\"; expected no countUnit with countType imageCountMoreThan"),
                arguments(
                        text(rule(1, any() + "'countType':'sinceImagePushed','countNumber':1", EXPIRE)),
                        S + ".countUnit: found nothing; expected \"days\""),
                arguments(
                        text(rule(1, any() + "'storageClass':'archive'," + pushed(1), EXPIRE)),
                        S + ".storageClass: found \"archive\"; expected \"standard\" with countType sinceImagePushed"),
                arguments(
                        text(rule(1, any() + transitioned(365).replace("archive", "standard"), EXPIRE)),
                        S + ".storageClass: found \"standard\";"
                                + " expected \"archive\" with countType sinceImageTransitioned"),
                arguments(
                        text(rule(1, any() + transitioned(365).replace("'storageClass':'archive',", ""), EXPIRE)),
                        S + ".storageClass: found nothing;"
                                + " expected \"archive\" with countType sinceImageTransitioned"),
                arguments(
                        text(rule(1, any() + transitioned(89), EXPIRE)),
                        S + ".countNumber: found 89;"
                                + " expected at least 90 days with countType sinceImageTransitioned"));
    }

    static Stream<Arguments> actions() {
        return Stream.of(
                arguments(
                        text(rule(1, any() + moreThan(1), "{'type':'archive'}")),
                        "$.rules[0].action.type: found \"archive\"; expected \"expire\" or \"transition\""),
                arguments(
                        text(rule(1, any() + moreThan(1), "{'type':'transition'}")),
                        "$.rules[0].action.targetStorageClass: found nothing; expected \"archive\""),
                arguments(
                        text(rule(1, any() + moreThan(1), "{'type':'expire','targetStorageClass':null}")),
                        "$.rules[0].action.targetStorageClass: found null;"
                                + " expected no targetStorageClass with type expire"),
                arguments(
                        text(rule(1, any() + pulled(30), EXPIRE)),
                        S + ".countType: found \"sinceImagePulled\" with action type expire; expected action type"
                                + " transition, or sinceImagePushed or imageCountMoreThan to expire"),
                arguments(
                        text(rule(1, any() + transitioned(90), TRANSITION)),
                        S + ".countType: found \"sinceImageTransitioned\" with action type transition;"
                                + " expected action type expire"));
    }

    static Stream<Arguments> rulesTogether() {
        return Stream.of(
                arguments(
                        text(rule(7, tagged("a") + moreThan(1), EXPIRE), rule(7, any() + transitioned(90), EXPIRE)),
                        "$.rules[1].rulePriority: found 7, which $.rules[0] has too;"
                                + " expected a number of its own for each rule"),
                arguments(
                        text(rule(1, any() + moreThan(1), EXPIRE), rule(2, untagged() + moreThan(1), EXPIRE)),
                        "$.rules[0].rulePriority: found 1 with tagStatus any, before $.rules[1] with 2;"
                                + " expected the highest number of all rules of storage class standard"),
                arguments(
                        text(rule(2, untagged() + moreThan(1), EXPIRE), rule(1, any() + moreThan(1), EXPIRE)),
                        "$.rules[1].rulePriority: found 1 with tagStatus any, before $.rules[0] with 2;"
                                + " expected the highest number of all rules of storage class standard"),
                arguments(
                        text(rule(1, untagged() + moreThan(1), EXPIRE), rule(2, untagged() + pushed(1), EXPIRE)),
                        "$.rules[1].selection.tagStatus: found \"untagged\", which $.rules[0] selects too;"
                                + " expected one rule for untagged images of storage class standard"),
                arguments(
                        text(
                                rule(1, prefixed("a", "b") + moreThan(1), EXPIRE),
                                rule(2, prefixed("c", "b") + pushed(1), EXPIRE)),
                        "$.rules[1].selection.tagPrefixList: found \"b\", which $.rules[0] has too;"
                                + " expected each prefix in one rule of storage class standard"));
    }

    @Test
    void rulesOfDifferentStorageClassesMayBeAlike() {
        assertDoesNotThrow(() -> LifecyclePolicy.parse(text(
                rule(1, prefixed("a") + pulled(30), TRANSITION),
                rule(2, untagged() + pushed(30), TRANSITION),
                rule(3, any() + "'storageClass':'standard'," + moreThan(9), TRANSITION),
                rule(4, prefixed("a") + transitioned(90), EXPIRE),
                rule(5, untagged() + transitioned(90), EXPIRE),
                rule(6, any() + transitioned(90), EXPIRE))));
    }

    @Test
    void fiftyRulesWithDescriptionsAreAccepted() {
        String[] rules = numbered(50);
        rules[49] = rules[49].replace("'selection'", "'description':'the last','selection'");
        assertDoesNotThrow(() -> LifecyclePolicy.parse(text(rules)));
    }

    @Test
    void textBehindThePolicyIsRefused() {
        String text = text(numbered(1)) + "{}";
        AwsException refused = assertThrows(AwsException.class, () -> LifecyclePolicy.parse(text));
        assertEquals("InvalidParameterException", refused.code());
    }

    private static String[] numbered(int rules) {
        return IntStream.rangeClosed(1, rules)
                .mapToObj(i -> rule(i, tagged("t" + i) + moreThan(1), EXPIRE))
                .toArray(String[]::new);
    }
}
