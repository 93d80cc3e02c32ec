package dev.larder.local.ecr.lifecycle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.larder.local.aws.AwsException;
import dev.larder.local.ecr.lifecycle.LifecycleRule.CountType;
import dev.larder.local.ecr.lifecycle.LifecycleRule.Kind;
import dev.larder.local.ecr.lifecycle.LifecycleRule.TagStatus;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The grammar of lifecycle policies (ecr-facts 4.1). */
final class PolicyText {
    private static final int MOST_RULES = 50;
    private static final JsonMapper JSON = new JsonMapper();
    private static final Map<String, CountType> TYPES = Map.of(
            "imageCountMoreThan", CountType.IMAGE_COUNT_MORE_THAN,
            "sinceImagePushed", CountType.SINCE_IMAGE_PUSHED,
            "sinceImagePulled", CountType.SINCE_IMAGE_PULLED,
            "sinceImageTransitioned", CountType.SINCE_IMAGE_TRANSITIONED);
    private static final Map<String, TagStatus> STATUSES =
            Map.of("tagged", TagStatus.TAGGED, "untagged", TagStatus.UNTAGGED, "any", TagStatus.ANY);
    private static final Map<String, Kind> KINDS = Map.of("expire", Kind.EXPIRE, "transition", Kind.TRANSITION);

    private PolicyText() {}

    static List<LifecycleRule> rules(String text) {
        JsonNode root;
        try {
            root = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw invalid("not JSON: " + e.getOriginalMessage());
        }
        known(root, "the policy", Set.of("rules"));
        JsonNode array = root.path("rules");
        require(array.isArray() && !array.isEmpty(), "'rules' must be a list of 1 to " + MOST_RULES + " rules");
        require(array.size() <= MOST_RULES, "a policy can have " + MOST_RULES + " rules, found " + array.size());
        List<LifecycleRule> rules = new ArrayList<>();
        array.forEach(rule -> rules.add(rule(rule)));
        checkTogether(rules);
        return rules;
    }

    private static LifecycleRule rule(JsonNode node) {
        known(node, "a rule", Set.of("rulePriority", "description", "selection", "action"));
        JsonNode selection = node.path("selection");
        known(
                selection,
                "a selection",
                Set.of(
                        "tagStatus",
                        "tagPatternList",
                        "tagPrefixList",
                        "storageClass",
                        "countType",
                        "countUnit",
                        "countNumber"));
        known(node.path("action"), "an action", Set.of("type", "targetStorageClass"));
        int priority = positive(node, "rulePriority");
        TagStatus status = one(STATUSES, selection, "tagStatus");
        CountType type = one(TYPES, selection, "countType");
        Kind kind = one(KINDS, node.path("action"), "type");
        String storageClass = selection.path("storageClass").asText("standard");
        require(Set.of("standard", "archive").contains(storageClass), "'storageClass' must be standard or archive");
        LifecycleRule rule = new LifecycleRule(
                priority,
                status,
                patterns(selection, status),
                storageClass.equals("archive"),
                type,
                positive(selection, "countNumber"),
                kind);
        checkCombination(rule, selection.path("countUnit").asText(""), node.path("action"));
        return rule;
    }

    private static List<String> patterns(JsonNode selection, TagStatus status) {
        boolean patterns = selection.has("tagPatternList");
        boolean prefixes = selection.has("tagPrefixList");
        if (status != TagStatus.TAGGED) {
            require(!patterns && !prefixes, "tagPatternList and tagPrefixList are only for tagStatus tagged");
            return List.of();
        }
        require(patterns != prefixes, "tagStatus tagged needs exactly one of tagPatternList and tagPrefixList");
        JsonNode list = selection.path(patterns ? "tagPatternList" : "tagPrefixList");
        require(list.isArray() && !list.isEmpty(), "tagPatternList and tagPrefixList must be lists with entries");
        List<String> read = new ArrayList<>();
        for (JsonNode entry : list) {
            String text = entry.asText();
            require(entry.isTextual() && !text.isEmpty(), "an entry of a tag list must be text");
            require(
                    text.chars().filter(c -> c == '*').count() <= 4,
                    "a tag pattern can have 4 wildcards (*), found '" + text + "'");
            read.add(patterns ? text : text + "*");
        }
        return read;
    }

    private static void checkCombination(LifecycleRule rule, String unit, JsonNode action) {
        boolean counts = rule.type() == CountType.IMAGE_COUNT_MORE_THAN;
        require(
                counts == unit.isEmpty(),
                "countUnit must be given with sinceImage..., and never with imageCountMoreThan");
        require(counts || unit.equals("days"), "countUnit must be days, found '" + unit + "'");
        String target = action.path("targetStorageClass").asText("");
        switch (rule.kind()) {
            case EXPIRE -> {
                require(target.isEmpty(), "targetStorageClass is only for transition");
                require(
                        rule.type() != CountType.SINCE_IMAGE_PULLED,
                        "sinceImagePulled can only transition, not expire");
            }
            case TRANSITION -> {
                require(target.equals("archive"), "transition needs targetStorageClass archive");
                require(!rule.archive(), "an archived image cannot be archived again");
            }
        }
        boolean transitioned = rule.type() == CountType.SINCE_IMAGE_TRANSITIONED;
        require(
                transitioned == rule.archive(),
                "sinceImageTransitioned needs storageClass archive, and storageClass archive needs it");
        require(!transitioned || rule.count() >= 90, "sinceImageTransitioned needs at least 90 days");
    }

    private static void checkTogether(List<LifecycleRule> rules) {
        Set<Integer> priorities = new HashSet<>();
        Set<String> patterns = new HashSet<>();
        Set<Boolean> untagged = new HashSet<>();
        int last = rules.stream().mapToInt(LifecycleRule::priority).max().orElse(0);
        for (LifecycleRule rule : rules) {
            require(priorities.add(rule.priority()), "rulePriority " + rule.priority() + " is there twice");
            require(
                    rule.tagStatus() != TagStatus.ANY
                            || rule.priority() == last
                            || rules.stream()
                                    .anyMatch(r -> r.priority() > rule.priority() && r.archive() != rule.archive()),
                    "the rule with tagStatus any must have the highest rulePriority");
            require(
                    rule.tagStatus() != TagStatus.UNTAGGED || untagged.add(rule.archive()),
                    "there can be one rule with tagStatus untagged for a storage class");
            for (String pattern : rule.patterns()) {
                require(
                        patterns.add(rule.archive() + pattern),
                        "'" + pattern.replace("*", "") + "' is selected by two rules of a storage class");
            }
        }
    }

    private static int positive(JsonNode node, String member) {
        require(
                node.path(member).isInt() && node.path(member).asInt() > 0,
                "'" + member + "' must be a whole number above 0, found " + node.path(member));
        return node.path(member).asInt();
    }

    private static <T> T one(Map<String, T> values, JsonNode node, String member) {
        T value = values.get(node.path(member).asText(""));
        if (value == null) {
            throw invalid("'" + member + "' must be one of " + new java.util.TreeSet<>(values.keySet()) + ", found "
                    + node.path(member));
        }
        return value;
    }

    private static void known(JsonNode node, String what, Set<String> members) {
        require(node.isObject(), what + " must be an object");
        node.fieldNames()
                .forEachRemaining(name -> require(members.contains(name), what + " has no member '" + name + "'"));
    }

    private static void require(boolean satisfied, String reason) {
        if (!satisfied) {
            throw invalid(reason);
        }
    }

    private static AwsException invalid(String reason) {
        return new AwsException(
                400,
                "InvalidParameterException",
                "Invalid parameter at 'LifecyclePolicyText' failed to satisfy constraint: 'Lifecycle policy validation"
                        + " failure: " + reason + "'");
    }
}
