package dev.larder.domain.lifecycle;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Builds one repository by hand: everything in it is 90 days old and unused until a test says more. */
final class Repositories {
    static final RepositoryName NAME = new RepositoryName("docker-hub/library/nginx");
    static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    static final Instant LONG_AGO = daysAgo(90);
    static final String INDEX = "application/vnd.oci.image.index.v1+json";
    static final String IMAGE = "application/vnd.oci.image.manifest.v1+json";

    final List<Manifest> manifests = new ArrayList<>();
    final Map<Digest, Use> uses = new HashMap<>();
    final Map<Digest, Instant> supersededAt = new HashMap<>();
    final List<InUse> inUse = new ArrayList<>(List.of(InUse.of("ECS", Map.of()), InUse.of("Lambda", Map.of())));
    Optional<Instant> completeSince = Optional.of(daysAgo(365));
    EvictionRule rule = rule(EvictionRule.ALL, 30, 7, 14, 0);
    final List<EvictionRule> rules = new ArrayList<>();

    static Instant daysAgo(long days) {
        return NOW.minus(Duration.ofDays(days));
    }

    static EvictionRule rule(String match, int notPulled, int superseded, int failedImports, int keepNewest) {
        return new EvictionRule(
                match,
                Duration.ofDays(notPulled),
                Duration.ofDays(superseded),
                Duration.ofDays(failedImports),
                keepNewest,
                false,
                List.of());
    }

    static Digest digest(int number) {
        return new Digest(String.format("sha256:%064x", number));
    }

    /** An image, pushed long ago. */
    Repositories image(int number, String... tags) {
        return add(number, IMAGE, Set.of(), Optional.empty(), tags);
    }

    /** An index, pushed long ago. */
    Repositories index(int number, Set<Integer> children, String... tags) {
        Set<Digest> digests = new HashSet<>();
        children.forEach(child -> digests.add(digest(child)));
        return add(number, INDEX, digests, Optional.empty(), tags);
    }

    /** A signature or the like, pushed long ago. */
    Repositories referrer(int number, int subject, String... tags) {
        return add(number, IMAGE, Set.of(), Optional.of(digest(subject)), tags);
    }

    private Repositories add(
            int number, String mediaType, Set<Digest> children, Optional<Digest> subject, String... tags) {
        return add(new Manifest(
                NAME,
                digest(number),
                Arrays.stream(tags).map(Tag::new).toList(),
                Optional.of(mediaType),
                OptionalLong.of(100),
                Optional.of(LONG_AGO),
                Optional.empty(),
                subject,
                Optional.of(children)));
    }

    Repositories add(Manifest manifest) {
        manifests.add(manifest);
        return this;
    }

    Repositories pulled(int number, Instant at) {
        uses.put(digest(number), new Use(Optional.of(at), Optional.empty(), Optional.empty()));
        return this;
    }

    Repositories used(int number, double pullsPerDay) {
        uses.put(digest(number), new Use(Optional.of(LONG_AGO), Optional.empty(), Optional.empty(), pullsPerDay));
        return this;
    }

    Repositories superseded(int number, Instant at) {
        supersededAt.put(digest(number), at);
        return this;
    }

    Repositories runs(String image) {
        inUse.add(InUse.of("the list of prod", Map.of(ImageReference.parse(image), "a pod")));
        return this;
    }

    RepositoryState state() {
        return new RepositoryState(NAME, manifests, uses, completeSince, inUse, supersededAt, Optional.empty());
    }

    Policy policy() {
        List<EvictionRule> all = new ArrayList<>(rules);
        all.add(rule);
        return new Policy(List.of("docker-hub"), Set.of(), List.of(), all);
    }

    RepositoryPlan plan() {
        return RepositoryPlan.of(state(), policy(), NOW);
    }

    Verdict verdict(int number) {
        return Objects.requireNonNull(plan().verdicts().get(digest(number)));
    }

    /** The guard that keeps it. */
    Guard guard(int number) {
        return assertInstanceOf(Verdict.Keep.class, verdict(number)).guard();
    }

    /** Why it goes. */
    Reason reason(int number) {
        return assertInstanceOf(Verdict.Evict.class, verdict(number)).reason();
    }
}
