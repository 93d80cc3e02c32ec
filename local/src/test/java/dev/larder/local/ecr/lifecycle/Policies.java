package dev.larder.local.ecr.lifecycle;

import java.util.List;

/** Texts of policies, written short. */
final class Policies {
    static final String EXPIRE = "{'type':'expire'}";
    static final String TRANSITION = "{'type':'transition','targetStorageClass':'archive'}";

    private Policies() {}

    static LifecyclePolicy policy(String... rules) {
        return LifecyclePolicy.parse(text(rules));
    }

    /** The rules in a policy, ' for ", padded to the least length. */
    static String text(String... rules) {
        return json("{'rules':[" + String.join(",", rules) + "]}");
    }

    static String json(String text) {
        return text.replace('\'', '"') + " ".repeat(100);
    }

    /** @param selection all fields of the selection without the braces */
    static String rule(int priority, String selection, String action) {
        return "{'rulePriority':" + priority + ",'selection':{" + selection + "},'action':" + action + "}";
    }

    static String tagged(String... patterns) {
        return "'tagStatus':'tagged','tagPatternList':['" + String.join("','", List.of(patterns)) + "'],";
    }

    static String prefixed(String... prefixes) {
        return "'tagStatus':'tagged','tagPrefixList':['" + String.join("','", List.of(prefixes)) + "'],";
    }

    static String any() {
        return "'tagStatus':'any',";
    }

    static String untagged() {
        return "'tagStatus':'untagged',";
    }

    static String moreThan(int images) {
        return "'countType':'imageCountMoreThan','countNumber':" + images;
    }

    static String pushed(int days) {
        return since("sinceImagePushed", days);
    }

    static String pulled(int days) {
        return since("sinceImagePulled", days);
    }

    static String transitioned(int days) {
        return "'storageClass':'archive'," + since("sinceImageTransitioned", days);
    }

    private static String since(String type, int days) {
        return "'countType':'" + type + "','countUnit':'days','countNumber':" + days;
    }
}
