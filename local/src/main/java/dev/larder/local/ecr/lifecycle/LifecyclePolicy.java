package dev.larder.local.ecr.lifecycle;

import dev.larder.events.image.Digest;
import dev.larder.local.ecr.lifecycle.LifecycleRule.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A policy, evaluated as ecr-facts 4.2 has it: the rules by priority, an image subject to the first one that selects it,
 * and nothing taken away from under an index that stays.
 */
public record LifecyclePolicy(List<LifecycleRule> rules) {
    /** Sorts the rules by priority. */
    public LifecyclePolicy {
        rules = rules.stream()
                .sorted(Comparator.comparingInt(LifecycleRule::priority))
                .toList();
    }

    /**
     * Reads a policy.
     *
     * @throws dev.larder.local.aws.AwsException {@code InvalidParameterException} with the reason
     */
    public static LifecyclePolicy parse(String text) {
        return new LifecyclePolicy(PolicyText.rules(text));
    }

    /** The images that a rule hits now, by digest. */
    public Map<Digest, LifecycleRule> evaluate(Collection<LifecycleImage> images, Instant now) {
        Map<Digest, LifecycleRule> hits = new TreeMap<>();
        Set<Digest> claimed = new HashSet<>();
        for (LifecycleRule rule : rules) {
            List<LifecycleImage> selected = images.stream()
                    .filter(image -> !claimed.contains(image.digest()) && rule.selects(image))
                    .toList();
            selected.forEach(image -> claimed.add(image.digest()));
            hit(rule, selected, now).forEach(image -> hits.put(image.digest(), rule));
        }
        keepWhatIndexesNeed(images, hits);
        return hits;
    }

    private static List<LifecycleImage> hit(LifecycleRule rule, List<LifecycleImage> selected, Instant now) {
        Instant limit = now.minus(Duration.ofDays(rule.count()));
        return switch (rule.type()) {
            // an index counts as one image: what it lists is not ranked (ecr-facts 4.2, seen in a preview)
            case IMAGE_COUNT_MORE_THAN ->
                selected.stream()
                        .filter(image -> image.parents().isEmpty())
                        .sorted(Comparator.comparing(LifecycleImage::born)
                                .reversed()
                                .thenComparing(LifecycleImage::digest))
                        .skip(rule.count())
                        .toList();
            case SINCE_IMAGE_PUSHED ->
                selected.stream().filter(image -> !image.born().isAfter(limit)).toList();
            case SINCE_IMAGE_PULLED ->
                selected.stream()
                        .filter(image -> !image.pulledAt().orElse(image.born()).isAfter(limit))
                        .toList();
            case SINCE_IMAGE_TRANSITIONED ->
                selected.stream()
                        .filter(image -> image.archivedAt()
                                .filter(at -> !at.isAfter(limit))
                                .isPresent())
                        .toList();
        };
    }

    /** Takes back hits on what an index lists, until every index of a hit goes before it. */
    private static void keepWhatIndexesNeed(Collection<LifecycleImage> images, Map<Digest, LifecycleRule> hits) {
        Map<Digest, LifecycleImage> byDigest = new HashMap<>();
        images.forEach(image -> byDigest.put(image.digest(), image));
        boolean changed = true;
        while (changed) {
            changed = hits.entrySet()
                    .removeIf(hit -> Objects.requireNonNull(byDigest.get(hit.getKey())).parents().stream()
                            .anyMatch(parent -> !goesBefore(
                                    byDigest.get(parent),
                                    hits.get(parent),
                                    hit.getValue().kind())));
        }
    }

    private static boolean goesBefore(@Nullable LifecycleImage parent, @Nullable LifecycleRule parentRule, Kind kind) {
        if (parent == null) {
            return true;
        }
        return switch (kind) {
            case EXPIRE -> parentRule != null && parentRule.kind() == Kind.EXPIRE;
            case TRANSITION -> parent.archived() || parentRule != null;
        };
    }
}
