package dev.larder.domain.lifecycle;

import dev.larder.domain.image.Glob;
import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.random.RandomGenerator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Makes repositories of every shape: indexes, shared children, referrers, circles, unknown kinds, pins, recent and old use. */
final class Registries {
    static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");
    static final Duration NOT_PULLED_FOR = Duration.ofDays(30);
    static final RepositoryName REPOSITORY = new RepositoryName("docker-hub/library/nginx");
    static final String INDEX = "application/vnd.oci.image.index.v1+json";
    static final String IMAGE = "application/vnd.oci.image.manifest.v1+json";

    private static final List<String> TAGS = List.of(
            "1.1", "1.2", "1.10", "1.1.1", "1.1.2", "1.1.3", "1.1-alpine3.20", "1.2-alpine3.21", "latest", "prod-1");

    /** A repository with all that is decided about it. */
    record Case(
            List<Manifest> manifests,
            Map<Digest, Use> uses,
            Policy policy,
            Limits limits,
            Optional<Instant> completeSince) {
        RepositoryPlan plan() {
            return RepositoryPlan.of(state(manifests), policy, NOW);
        }

        RepositoryState state(List<Manifest> inThisOrder) {
            return new RepositoryState(
                    REPOSITORY, inThisOrder, uses, completeSince, List.of(), Map.of(), Optional.empty());
        }

        EvictionRule rule() {
            return policy.ruleOf(REPOSITORY);
        }

        Manifest manifest(Digest digest) {
            return manifests.stream()
                    .filter(manifest -> manifest.digest().equals(digest))
                    .findFirst()
                    .orElseThrow();
        }

        Use use(Digest digest) {
            return uses.getOrDefault(digest, Use.NONE);
        }
    }

    private Registries() {}

    static Arbitrary<Case> cases() {
        return Arbitraries.randomValue(Registries::random);
    }

    static Digest digest(int number) {
        return new Digest("sha256:" + String.format("%064x", number));
    }

    private static Case random(RandomGenerator random) {
        int size = random.nextInt(1, 10);
        double recent = random.nextDouble() * 0.4;
        Set<String> free = new HashSet<>(TAGS);
        List<Manifest> manifests = new ArrayList<>();
        Map<Digest, Use> uses = new HashMap<>();
        for (int i = 0; i < size; i++) {
            manifests.add(manifest(i, size, recent, free, random));
            if (random.nextInt(3) > 0) {
                uses.put(digest(i), new Use(time(recent, random), time(recent / 2, random), time(recent / 2, random)));
            }
        }
        Policy policy = new Policy(
                random.nextInt(12) == 0 ? List.of("quay") : List.of("docker-hub", "quay"),
                pins(size, random),
                List.of(),
                List.of(new EvictionRule(
                        EvictionRule.ALL,
                        NOT_PULLED_FOR,
                        NOT_PULLED_FOR,
                        NOT_PULLED_FOR,
                        random.nextInt(3),
                        false,
                        random.nextInt(3) == 0 ? List.of(new Glob("**:prod-*")) : List.of())));
        Limits limits = new Limits(
                random.nextInt(1, 8), random.nextInt(1, 800), random.nextInt(1, 101), random.nextInt(1, 101));
        Optional<Instant> since = random.nextInt(10) == 0
                ? time(0.7, random)
                : Optional.of(NOW.minus(NOT_PULLED_FOR).minusSeconds(random.nextInt(100_000)));
        return new Case(manifests, uses, policy, limits, since);
    }

    private static Set<String> pins(int size, RandomGenerator random) {
        Set<String> pins = new HashSet<>();
        if (random.nextInt(3) == 0) {
            pins.add(REPOSITORY + ":latest");
        }
        if (random.nextInt(3) == 0) {
            pins.add(REPOSITORY + "@" + digest(random.nextInt(size)));
        }
        return pins;
    }

    private static Manifest manifest(int number, int size, double recent, Set<String> free, RandomGenerator random) {
        boolean index = random.nextInt(3) == 0;
        Set<Digest> children = new HashSet<>();
        for (int i = 0; index && i < random.nextInt(4); i++) {
            children.add(digest(random.nextInt(size + 1)));
        }
        List<Tag> tags = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0 && !free.isEmpty(); i--) {
            String tag = free.stream()
                    .sorted()
                    .skip(random.nextInt(free.size()))
                    .findFirst()
                    .orElseThrow();
            free.remove(tag);
            tags.add(new Tag(tag));
        }
        return new Manifest(
                REPOSITORY,
                digest(number),
                tags,
                random.nextInt(30) == 0 ? Optional.of("text/plain") : Optional.of(index ? INDEX : IMAGE),
                random.nextInt(30) == 0 ? OptionalLong.empty() : OptionalLong.of(random.nextInt(300)),
                random.nextInt(30) == 0
                        ? Optional.empty()
                        : time(recent, random).or(() -> Optional.of(Instant.EPOCH)),
                time(recent / 2, random),
                random.nextInt(5) == 0 ? Optional.of(digest(random.nextInt(size + 1))) : Optional.empty(),
                index && random.nextInt(20) == 0 ? Optional.empty() : Optional.of(children));
    }

    private static Optional<Instant> time(double recent, RandomGenerator random) {
        if (random.nextDouble() < recent) {
            return Optional.of(NOW.minusSeconds(random.nextInt(30 * 24 * 3600)));
        }
        return random.nextInt(3) == 0
                ? Optional.empty()
                : Optional.of(NOW.minus(NOT_PULLED_FOR).minusSeconds(random.nextInt(10_000_000)));
    }
}
