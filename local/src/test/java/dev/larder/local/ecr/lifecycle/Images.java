package dev.larder.local.ecr.lifecycle;

import dev.larder.events.image.Digest;
import dev.larder.local.ecr.lifecycle.LifecyclePolicy.Action;
import dev.larder.local.ecr.lifecycle.LifecyclePolicy.Image;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Images with the letters of the user guide for names and ages in days. */
final class Images {
    static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private Images() {}

    static Digest digest(char name) {
        return new Digest("sha256:" + Integer.toHexString(name).repeat(32));
    }

    static Instant daysAgo(double days) {
        return NOW.minus(Duration.ofSeconds(Math.round(days * 86_400)));
    }

    static Image image(char name, double pushedDaysAgo, String... tags) {
        return new Image(
                digest(name),
                List.of(tags),
                daysAgo(pushedDaysAgo),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                Set.of());
    }

    static Image pulled(Image image, double daysAgo) {
        return new Image(
                image.digest(),
                image.tags(),
                image.pushedAt(),
                Optional.of(daysAgo(daysAgo)),
                image.lastActivatedAt(),
                image.archivedAt(),
                image.archived(),
                image.referencedBy());
    }

    static Image restored(Image image, double daysAgo) {
        return new Image(
                image.digest(),
                image.tags(),
                image.pushedAt(),
                image.lastPulledAt(),
                Optional.of(daysAgo(daysAgo)),
                Optional.of(daysAgo(daysAgo + 1)),
                false,
                image.referencedBy());
    }

    static Image archived(Image image, double daysAgo) {
        return new Image(
                image.digest(),
                image.tags(),
                image.pushedAt(),
                image.lastPulledAt(),
                image.lastActivatedAt(),
                Optional.of(daysAgo(daysAgo)),
                true,
                image.referencedBy());
    }

    static Image in(Image image, char... indexes) {
        return new Image(
                image.digest(),
                image.tags(),
                image.pushedAt(),
                image.lastPulledAt(),
                image.lastActivatedAt(),
                image.archivedAt(),
                image.archived(),
                new String(indexes).chars().mapToObj(c -> digest((char) c)).collect(Collectors.toSet()));
    }

    /** The actions in their order, for instance {@code "A expire 1, B transition 2"}. */
    static String evaluate(LifecyclePolicy policy, Image... images) {
        return policy.evaluate(Arrays.asList(images), NOW).stream()
                .map(Images::shown)
                .collect(Collectors.joining(", "));
    }

    private static String shown(Action action) {
        char name = (char) Integer.parseInt(action.digest().hex().substring(0, 2), 16);
        String kind = switch (action.kind()) {
            case EXPIRE -> "expire";
            case TRANSITION -> "transition";
        };
        return name + " " + kind + " " + action.rulePriority();
    }
}
