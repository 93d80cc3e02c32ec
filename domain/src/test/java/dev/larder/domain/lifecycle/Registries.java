package dev.larder.domain.lifecycle;

import dev.larder.domain.upstream.Tariff;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/**
 * Makes repositories of every shape: indexes of indexes, shared children, referrers by their content and by their tags,
 * circles, unknown kinds, clocks that are ahead, pins, rules, quotas, things in use, objections, recent and old use.
 */
final class Registries {
    static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");
    static final RepositoryName REPOSITORY = new RepositoryName("docker-hub/library/nginx");
    static final String INDEX = "application/vnd.oci.image.index.v1+json";
    static final String IMAGE = "application/vnd.oci.image.manifest.v1+json";

    private static final List<String> KINDS = List.of(
            INDEX,
            IMAGE,
            "application/vnd.docker.distribution.manifest.list.v2+json",
            "application/vnd.docker.distribution.manifest.v2+json");
    private static final List<String> TAGS = List.of(
            "1.1",
            "1.2",
            "1.10",
            "1.1.1",
            "1.1.2",
            "1.1.3",
            "1.1-alpine3.20",
            "1.2-alpine3.21",
            "latest",
            "stable",
            "prod-1",
            "prod-2",
            "larder-keep-012345678901",
            "larder-keep-abcdefabcdef");

    private static final List<String> ENDINGS = List.of("", ".sig", ".att");

    private Registries() {}

    /**
     * A part of what a run takes.
     *
     * @param quota for which it goes; absent for what goes by the rules
     */
    record Part(RepositoryPlan plan, Optional<Quota> quota) {
        List<Group> groups() {
            return Groups.of(plan).stream()
                    .filter(group -> (group.reason() == Reason.QUOTA) == quota.isPresent())
                    .toList();
        }
    }

    /** A repository with all that is decided about it. */
    record Case(RepositoryState state, Policy policy, Map<Digest, Objection> objections, Quota quota) {
        RepositoryPlan planByRules() {
            return RepositoryPlan.of(state, policy, NOW);
        }

        RepositoryPlan plan() {
            return planByRules().objected(objections);
        }

        /** What a run takes from: the plan by the rules, and those under its quota and another one. */
        List<Part> parts() {
            Quota other = new Quota("docker-hub/library/*", 1, Duration.ofDays(5));
            List<Part> parts = new ArrayList<>(List.of(new Part(plan(), Optional.empty())));
            planByRules()
                    .underQuotas(List.of(quota, other))
                    .forEach((one, plan) -> parts.add(new Part(plan.objected(objections), Optional.of(one))));
            return parts;
        }

        RepositoryPlan planUnderQuota() {
            return planByRules().underQuota(quota).objected(objections);
        }

        List<Manifest> manifests() {
            return state.manifests();
        }

        Case with(List<Manifest> manifests) {
            return with(new RepositoryState(
                    state.repository(),
                    manifests,
                    state.uses(),
                    state.completeSince(),
                    state.inUse(),
                    state.supersededAt(),
                    state.tariff()));
        }

        Case with(RepositoryState other) {
            return new Case(other, policy, objections, quota);
        }

        Case with(Policy other) {
            return new Case(state, other, objections, quota);
        }
    }

    static Arbitrary<Case> cases() {
        return Arbitraries.randomValue(Registries::random);
    }

    static Digest digest(int number) {
        return new Digest("sha256:" + String.format("%064x", number));
    }

    static Set<Digest> gone(RepositoryPlan plan) {
        Set<Digest> gone = new HashSet<>();
        plan.candidates().forEach(manifest -> gone.add(manifest.digest()));
        return gone;
    }

    static Case random(RandomGenerator random) {
        int size = random.nextInt(1, 10);
        double recent = random.nextInt(3) == 0 ? 0 : random.nextDouble() * 0.3;
        double odd = random.nextInt(2) == 0 ? 0 : 0.05;
        List<String> free = new ArrayList<>(TAGS);
        for (int about = 0; about <= size; about++) {
            if (random.nextInt(4) == 0) {
                free.add("sha256-" + digest(about).hex() + ENDINGS.get(random.nextInt(ENDINGS.size())));
            }
        }
        Collections.shuffle(free, Random.from(random));
        List<Manifest> manifests = new ArrayList<>();
        Map<Digest, Use> uses = new HashMap<>();
        Map<Digest, Instant> supersededAt = new HashMap<>();
        for (int i = 0; i < size; i++) {
            manifests.add(manifest(i, size, recent, odd, free, random));
            if (random.nextInt(3) > 0) {
                uses.put(
                        digest(i),
                        new Use(
                                time(recent, random),
                                time(recent / 2, random),
                                time(recent / 2, random),
                                random.nextInt(4)));
            }
            if (random.nextInt(3) == 0) {
                time(recent, random).ifPresent(at -> supersededAt.put(digest(manifests.size() - 1), at));
            }
        }
        Optional<Instant> since = random.nextInt(12) == 0
                ? time(0.6, random)
                : Optional.of(NOW.minus(Duration.ofDays(60 + random.nextInt(60))));
        RepositoryState state = new RepositoryState(
                REPOSITORY,
                manifests,
                uses,
                since,
                inUse(size, random),
                supersededAt,
                random.nextBoolean() ? Optional.empty() : Optional.of(Tariff.REQUESTS));
        Quota quota = new Quota("docker-hub/**", random.nextInt(1, 900), RandomPolicies.days(random));
        return new Case(state, RandomPolicies.policy(size, random), objections(size, random), quota);
    }

    /** One of few images, which run somewhere by their digests or not, and of indexes that share them, pulled now and then. */
    static Case sharing(RandomGenerator random) {
        int images = random.nextInt(1, 4);
        List<Manifest> manifests = new ArrayList<>();
        Map<Digest, Use> uses = new HashMap<>();
        Map<ImageReference, String> running = new HashMap<>();
        for (int i = 0; i < images + random.nextInt(2, 6); i++) {
            Set<Digest> children = new HashSet<>();
            for (int child = 0; i >= images && child < images; child++) {
                if (random.nextBoolean()) {
                    children.add(digest(child));
                }
            }
            manifests.add(new Manifest(
                    REPOSITORY,
                    digest(i),
                    i < images ? List.of() : List.of(new Tag("tag" + (char) ('a' + i))),
                    Optional.of(i < images ? IMAGE : INDEX),
                    OptionalLong.of(1),
                    Optional.of(Instant.EPOCH),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(children)));
            uses.put(
                    digest(i),
                    new Use(
                            Optional.of(NOW.minus(Duration.ofDays(random.nextInt(i < images ? 60 : 5, 100)))),
                            Optional.empty(),
                            Optional.empty()));
            if (i < images && random.nextBoolean()) {
                running.put(ImageReference.parse(REPOSITORY + "@" + digest(i)), "a pod");
            }
        }
        RepositoryState state = new RepositoryState(
                REPOSITORY,
                manifests,
                uses,
                Optional.of(Instant.EPOCH),
                List.of(InUse.of("the list of prod", running)),
                Map.of(),
                Optional.empty());
        Duration time = Duration.ofDays(60);
        EvictionRule rule = new EvictionRule(EvictionRule.ALL, time, time, time, 0, false, List.of());
        Policy policy = new Policy(List.of("docker-hub"), Set.of(), List.of(), List.of(rule));
        return new Case(state, policy, Map.of(), new Quota("docker-hub/**", 1, Duration.ofDays(20)));
    }

    private static List<InUse> inUse(int size, RandomGenerator random) {
        List<InUse> sources = new ArrayList<>();
        for (String source : List.of("ECS", "Lambda", "the list of prod")) {
            Map<ImageReference, String> images = new HashMap<>();
            if (random.nextInt(6) == 0) {
                images.put(ImageReference.parse(REPOSITORY + "@" + digest(random.nextInt(size))), "a service");
            }
            if (random.nextInt(6) == 0) {
                images.put(ImageReference.parse(REPOSITORY + ":" + TAGS.get(random.nextInt(TAGS.size()))), "a task");
            }
            images.put(ImageReference.parse("docker-hub/library/redis:1.1"), "another");
            sources.add(new InUse(
                    source, images, random.nextInt(60) == 0 ? Optional.of("access denied") : Optional.empty()));
        }
        return sources;
    }

    private static Map<Digest, Objection> objections(int size, RandomGenerator random) {
        Map<Digest, Objection> objections = new HashMap<>();
        List<Guard> guards = List.of(Guard.REPLICATING, Guard.GONE_UPSTREAM, Guard.UPSTREAM_UNCHECKED, Guard.IN_USE);
        while (random.nextInt(3) == 0) {
            objections.put(
                    digest(random.nextInt(size)),
                    new Objection(guards.get(random.nextInt(guards.size())), "somebody objects"));
        }
        return objections;
    }

    private static Manifest manifest(
            int number, int size, double recent, double odd, List<String> free, RandomGenerator random) {
        boolean index = random.nextInt(3) == 0;
        Set<Digest> children = new HashSet<>();
        for (int i = 0; index && i < random.nextInt(4); i++) {
            children.add(digest(random.nextInt(size + 1)));
        }
        List<Tag> tags = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0 && !free.isEmpty(); i--) {
            tags.add(new Tag(free.removeLast()));
        }
        boolean unread = index && random.nextDouble() < odd;
        return new Manifest(
                REPOSITORY,
                digest(number),
                tags,
                random.nextDouble() < odd
                        ? random.nextBoolean() ? Optional.empty() : Optional.of("text/plain")
                        : Optional.of(KINDS.get(2 * random.nextInt(2) + (index ? 0 : 1))),
                random.nextDouble() < odd ? OptionalLong.empty() : OptionalLong.of(random.nextInt(300)),
                random.nextDouble() < odd
                        ? Optional.empty()
                        : time(recent, random).or(() -> Optional.of(Instant.EPOCH)),
                random.nextInt(3) == 0 ? time(recent / 2, random) : Optional.empty(),
                random.nextInt(5) == 0 ? Optional.of(digest(random.nextInt(size + 1))) : Optional.empty(),
                unread ? Optional.empty() : Optional.of(children),
                random.nextDouble() < odd / 2);
    }

    /** Mostly long ago; sometimes lately, at the very edge of a time, or ahead of the clock. */
    private static Optional<Instant> time(double recent, RandomGenerator random) {
        if (random.nextDouble() < recent) {
            Duration ago = switch (random.nextInt(6)) {
                case 0 -> Duration.ofSeconds(-random.nextInt(30_000_000));
                case 1 -> RandomPolicies.days(random).plusSeconds(random.nextInt(-1, 2));
                default -> Duration.ofSeconds(random.nextInt(70 * 24 * 3600));
            };
            return Optional.of(NOW.minus(ago));
        }
        return random.nextInt(3) == 0
                ? Optional.empty()
                : Optional.of(NOW.minus(Duration.ofDays(60)).minusSeconds(random.nextInt(10_000_000)));
    }
}
