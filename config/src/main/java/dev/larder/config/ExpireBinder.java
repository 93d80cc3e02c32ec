package dev.larder.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code expire}: rules that make a lifecycle policy which ECR takes (user guide, lifecycle_policy_parameters). */
final class ExpireBinder {
    static final List<String> KEYS = List.of("images", "tags", "olderThan", "moreThan");

    private static final int MOST_IMAGES = 1_000_000;
    private static final int MOST_DAYS = 3650;
    private static final String DAYS = "days such as 14d, at most " + MOST_DAYS + "d";
    private static final Pattern DAYS_SHAPE = Pattern.compile("[1-9][0-9]{0,3}d");

    /** At most four wildcards. */
    private static final Pattern TAGS = Pattern.compile("(?!(.*\\*){5})[\\w.*-]{1,128}");

    private ExpireBinder() {}

    static List<Expire> bind(Entry entry) {
        List<Expire> rules = new ArrayList<>();
        for (Entry item : entry.list()) {
            rule(item).ifPresent(rule -> {
                checkBeside(rules, rule, item);
                rules.add(rule);
            });
        }
        check(rules, entry);
        return rules;
    }

    private static Optional<Expire> rule(Entry item) {
        return Section.of(item, KEYS).flatMap(section -> {
            Optional<Entry> images = section.get("images");
            Optional<Entry> tags = section.get("tags");
            if (images.isPresent() == tags.isPresent()) {
                item.problem(
                        images.isPresent() ? "both images and tags" : "neither images nor tags",
                        "images: untagged or any, or the tags of those that are meant");
            }
            Optional<Expire.Images> selected = images.flatMap(word -> word.text(ExpireBinder::images));
            List<String> patterns = tags.map(list -> list.atLeastOne(ExpireBinder::tag, "at least one pattern of tags"))
                    .orElse(List.of());
            Optional<Expire.Count> count = count(section, item);
            boolean tagged = tags.isPresent() && !patterns.isEmpty() && images.isEmpty();
            return count.flatMap(limit -> tagged
                    ? Optional.of(new Expire(Expire.Images.TAGGED, patterns, limit))
                    : selected.filter(word -> tags.isEmpty()).map(word -> new Expire(word, List.of(), limit)));
        });
    }

    private static Optional<Expire.Count> count(Section section, Entry item) {
        Optional<Entry> older = section.get("olderThan");
        Optional<Entry> more = section.get("moreThan");
        if (older.isPresent() == more.isPresent()) {
            item.problem(
                    older.isPresent() ? "both olderThan and moreThan" : "neither olderThan nor moreThan",
                    "one of them");
            return Optional.empty();
        }
        return older.isPresent()
                ? older.flatMap(entry -> entry.text(ExpireBinder::days)).map(Expire.Count.OlderThan::new)
                : more.flatMap(entry -> entry.number(1, MOST_IMAGES)).map(Expire.Count.MoreThan::new);
    }

    /** An image that a rule selects is out of reach for the rules behind it, whether or not it is old enough to go. */
    private static void checkBeside(List<Expire> before, Expire rule, Entry item) {
        if (before.stream().anyMatch(other -> other.images() == Expire.Images.ANY)) {
            item.problem("a rule behind the one for any image", "the rule for any image as the last: ECR wants it so");
        } else if (before.stream()
                .anyMatch(
                        other -> other.images() == rule.images() && other.tags().equals(rule.tags()))) {
            item.problem("the same images a second time", "each selection once: ECR would look at the first rule only");
        }
    }

    private static void check(List<Expire> rules, Entry entry) {
        if (rules.size() > AwsLimits.LIFECYCLE_RULES) {
            entry.problem(rules.size() + " rules", "at most " + AwsLimits.LIFECYCLE_RULES + ": ECR takes no more");
        }
        int characters = LifecyclePolicyText.of(rules).length();
        if (characters > AwsLimits.LIFECYCLE_POLICY_CHARACTERS) {
            entry.problem(
                    "a lifecycle policy of " + characters + " characters",
                    "at most " + AwsLimits.LIFECYCLE_POLICY_CHARACTERS + ": ECR takes no more");
        }
    }

    private static Expire.Images images(String text) {
        return switch (text) {
            case "untagged" -> Expire.Images.UNTAGGED;
            case "any" -> Expire.Images.ANY;
            default -> throw new UnexpectedText("untagged or any");
        };
    }

    private static String tag(String text) {
        if (!TAGS.matcher(text).matches()) {
            throw new UnexpectedText("a pattern of tags such as nightly-*, with at most 4 of *");
        }
        return text;
    }

    private static int days(String text) {
        int days = DAYS_SHAPE.matcher(text).matches() ? Integer.parseInt(text.substring(0, text.length() - 1)) : 0;
        if (days < 1 || days > MOST_DAYS) {
            throw new UnexpectedText(DAYS);
        }
        return days;
    }
}
