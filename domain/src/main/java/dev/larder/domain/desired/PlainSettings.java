package dev.larder.domain.desired;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The settings that are one value each, and tags, of which Larder's are set and others stay. */
public final class PlainSettings {
    /** Of a resource (AWS General Reference, tags). */
    private static final int MOST_TAGS = 50;

    private PlainSettings() {}

    /** Those of the wanted tags that lack, or that are Larder's and have another value. */
    public static Map<String, String> missingTags(Map<String, String> found, Map<String, String> wanted) {
        return OwnTags.missing(found, wanted);
    }

    /** Tags: a conflict where somebody has set one to another value, and when there would be more than AWS allows. */
    public static List<Drift> tags(Map<String, String> found, Map<String, String> wanted) {
        return Stream.concat(peoplesTags(found, wanted).stream(), ownTags(found, wanted).stream())
                .toList();
    }

    private static Optional<Drift> peoplesTags(Map<String, String> found, Map<String, String> wanted) {
        Map<String, String> peoples = OwnTags.peoples(found, wanted);
        Map<String, String> instead = new TreeMap<>(wanted);
        instead.keySet().retainAll(peoples.keySet());
        return peoples.isEmpty()
                ? Optional.empty()
                : Optional.of(new Drift.Conflict(
                        Field.TAGS,
                        text(peoples),
                        text(instead),
                        "somebody set it; where the file's is right, take it off, and the next sweep sets the file's"));
    }

    private static Optional<Drift> ownTags(Map<String, String> found, Map<String, String> wanted) {
        Map<String, String> missing = missingTags(found, wanted);
        if (missing.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> replaced = new TreeMap<>(found);
        replaced.keySet().retainAll(missing.keySet());
        Map<String, String> all = new TreeMap<>(found);
        all.putAll(missing);
        return Optional.of(
                all.size() > MOST_TAGS
                        ? new Drift.Conflict(
                                Field.TAGS,
                                found.size() + " tags",
                                text(missing),
                                "AWS allows " + MOST_TAGS + " tags, these would be " + all.size())
                        : new Drift.Open(Field.TAGS, text(replaced), text(missing)));
    }

    private static String text(Map<String, String> tags) {
        return tags.isEmpty()
                ? "nothing"
                : tags.entrySet().stream()
                        .map(tag -> tag.getKey() + "=" + tag.getValue())
                        .collect(Collectors.joining(", "));
    }

    /** Scanning; as it is when nothing is wanted. */
    public static Optional<Drift> scanOnPush(boolean found, Optional<Boolean> wanted) {
        return wanted.filter(scan -> scan != found)
                .map(scan -> new Drift.Open(Field.SCAN_ON_PUSH, String.valueOf(found), String.valueOf(scan)));
    }

    /**
     * Mutability; as it is when nobody asked for another. Tags that may not move are told then.
     *
     * @param asked whether the file names what is wanted
     */
    public static Optional<Drift> tagMutability(TagMutability found, TagMutability wanted, boolean asked) {
        if (found.equals(wanted) || (!asked && found.isMutable())) {
            return Optional.empty();
        }
        return Optional.of(
                asked
                        ? new Drift.Open(Field.TAG_MUTABILITY, found.toString(), wanted.toString())
                        : new Drift.Conflict(
                                Field.TAG_MUTABILITY,
                                found.toString(),
                                wanted.toString(),
                                "somebody set it, and the file does not name tagMutability; a tag that may not move stays at"
                                        + " what was cached first: name it in the file to set it, as mutable or as it is"));
    }

    /**
     * Encryption; as it is when no key is wanted.
     *
     * @param found the key's ARN; empty when ECR encrypts by itself
     */
    public static Optional<Drift> encryption(Optional<String> found, Optional<String> wanted) {
        return wanted.filter(key -> !found.equals(wanted))
                .map(key -> new Drift.Conflict(
                        Field.ENCRYPTION,
                        found.orElse("ECR's own"),
                        key,
                        "ECR sets encryption when it creates a repository, and never after"));
    }
}
