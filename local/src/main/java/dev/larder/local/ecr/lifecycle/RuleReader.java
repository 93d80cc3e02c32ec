package dev.larder.local.ecr.lifecycle;

import dev.larder.local.ecr.lifecycle.LifecyclePolicy.Kind;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** From one element of {@code rules} to a rule that makes sense by itself. */
final class RuleReader {
    private static final String MORE_THAN = "imageCountMoreThan";
    private static final int MOST_WILDCARDS = 4;
    private static final int LEAST_ARCHIVED_DAYS = 90;

    private RuleReader() {}

    static Rule read(JsonPart rule) {
        rule.onlyWith("rulePriority", "description", "selection", "action");
        int priority = rule.positive("rulePriority");
        if (rule.has("description")) {
            rule.text("description");
        }
        JsonPart selection = rule.object("selection")
                .onlyWith(
                        "tagStatus",
                        "tagPatternList",
                        "tagPrefixList",
                        "storageClass",
                        "countType",
                        "countUnit",
                        "countNumber");
        TagRequirement tags = tags(selection);
        Count count = count(selection);
        Kind action = action(rule.object("action").onlyWith("type", "targetStorageClass"));
        boolean archived = archived(selection, count);
        checkTogether(selection, count, action);
        return new Rule(priority, tags, archived, count, action);
    }

    private static TagRequirement tags(JsonPart selection) {
        String status = selection.oneOf("tagStatus", "tagged", "untagged", "any");
        if (!status.equals("tagged")) {
            selection.without("tagPatternList", "with tagStatus " + status);
            selection.without("tagPrefixList", "with tagStatus " + status);
            return status.equals("any") ? new TagRequirement.Any() : new TagRequirement.Untagged();
        }
        boolean prefixes = selection.has("tagPrefixList");
        if (prefixes == selection.has("tagPatternList")) {
            throw BrokenPolicy.at(
                    selection.path(),
                    prefixes ? "both tagPatternList and tagPrefixList" : "neither tagPatternList nor tagPrefixList",
                    "exactly one of them with tagStatus tagged");
        }
        return prefixes
                ? new TagRequirement.Prefixes(selection.texts("tagPrefixList"))
                : new TagRequirement.Patterns(patterns(selection));
    }

    private static List<String> patterns(JsonPart selection) {
        List<String> patterns = selection.texts("tagPatternList");
        for (int i = 0; i < patterns.size(); i++) {
            String pattern = patterns.get(i);
            long wildcards = pattern.chars().filter(c -> c == '*').count();
            if (wildcards > MOST_WILDCARDS) {
                throw BrokenPolicy.at(
                        selection.at("tagPatternList") + "[" + i + "]",
                        '"' + pattern + "\" with " + wildcards + " wildcards",
                        "at most " + MOST_WILDCARDS);
            }
        }
        return patterns;
    }

    private static Count count(JsonPart selection) {
        String type = selection.oneOf(
                "countType",
                Stream.concat(Stream.of(MORE_THAN), Stream.of(Moment.values()).map(Moment::countType))
                        .toArray(String[]::new));
        int number = selection.positive("countNumber");
        if (type.equals(MORE_THAN)) {
            selection.without("countUnit", "with countType " + MORE_THAN);
            return new Count.MoreThan(number);
        }
        selection.oneOf("countUnit", "days");
        return Stream.of(Moment.values())
                .filter(moment -> moment.countType().equals(type))
                .map(moment -> new Count.Since(moment, Duration.ofDays(number)))
                .findFirst()
                .orElseThrow();
    }

    private static boolean archived(JsonPart selection, Count count) {
        boolean transitioned = count instanceof Count.Since since && since.moment() == Moment.TRANSITIONED;
        if (transitioned || selection.has("storageClass")) {
            String right = transitioned ? "archive" : "standard";
            if (!right.equals(selection.json().path("storageClass").textValue())) {
                throw BrokenPolicy.at(
                        selection.at("storageClass"),
                        selection.found("storageClass"),
                        "\"" + right + "\" with countType "
                                + selection.json().path("countType").textValue());
            }
        }
        return transitioned;
    }

    private static Kind action(JsonPart action) {
        if (action.oneOf("type", "expire", "transition").equals("transition")) {
            action.oneOf("targetStorageClass", "archive");
            return Kind.TRANSITION;
        }
        // Inferred: the guide requires it with transition, and gives it no meaning with expire.
        action.without("targetStorageClass", "with type expire");
        return Kind.EXPIRE;
    }

    private static void checkTogether(JsonPart selection, Count count, Kind action) {
        if (!(count instanceof Count.Since since)) {
            return;
        }
        if (since.moment() == Moment.PULLED && action == Kind.EXPIRE) {
            throw BrokenPolicy.at(
                    selection.at("countType"),
                    "\"sinceImagePulled\" with action type expire",
                    "action type transition, or sinceImagePushed or imageCountMoreThan to expire");
        }
        if (since.moment() == Moment.TRANSITIONED && action == Kind.TRANSITION) {
            throw BrokenPolicy.at(
                    selection.at("countType"),
                    "\"sinceImageTransitioned\" with action type transition",
                    "action type expire");
        }
        if (since.moment() == Moment.TRANSITIONED && since.age().toDays() < LEAST_ARCHIVED_DAYS) {
            throw BrokenPolicy.at(
                    selection.at("countNumber"),
                    String.valueOf(since.age().toDays()),
                    "at least " + LEAST_ARCHIVED_DAYS + " days with countType sinceImageTransitioned");
        }
    }
}
