package dev.larder.domain.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.domain.image.Glob;
import dev.larder.domain.image.KeepTag;
import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A keep tag speaks for nothing. */
class KeepTagTest {
    private static final RepositoryName REPOSITORY = new RepositoryName("docker-hub/library/nginx");
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final Instant LONG_AGO = NOW.minus(Duration.ofDays(90));

    /** Its keep tag reads as a version, since the first twelve digits of the digest happen to be decimal. */
    private static final Digest SUPERSEDED = new Digest("sha256:" + "9".repeat(64));

    private static final Digest NEWER = new Digest("sha256:" + "a1".repeat(32));

    @Test
    void anImageThatOnlyAKeepTagHoldsIsNoMemberOfAFamily() {
        RepositoryPlan plan = plan(List.of(), 1, manifest(SUPERSEDED, KeepTag.of(SUPERSEDED)));

        assertInstanceOf(Verdict.Evict.class, plan.verdicts().get(SUPERSEDED));
    }

    @Test
    void aKeepTagIsNotWhatAPatternProtects() {
        RepositoryPlan plan = plan(List.of(new Glob("**:*")), 0, manifest(SUPERSEDED, KeepTag.of(SUPERSEDED)));

        assertInstanceOf(Verdict.Evict.class, plan.verdicts().get(SUPERSEDED));
    }

    @Test
    void beforeItsKeepTagAnImageIsWhatItsOwnTagsMakeIt() {
        RepositoryPlan plan = plan(
                List.of(new Glob("**:prod-*")),
                1,
                manifest(SUPERSEDED, KeepTag.of(SUPERSEDED), new Tag("prod-1")),
                manifest(NEWER, KeepTag.of(NEWER), new Tag("1.27.3")));

        assertEquals(Guard.PROTECTED, guard(plan, SUPERSEDED));
        assertEquals(Guard.NEWEST_OF_FAMILY, guard(plan, NEWER));
    }

    @Test
    void whatAnUpstreamMayHaveIsEverythingElse() {
        Tag own = new Tag("1.27");

        assertEquals(List.of(own), KeepTag.without(List.of(KeepTag.of(NEWER), own)));
        assertEquals("larder-keep-a1a1a1a1a1a1", KeepTag.of(NEWER).value());
        assertTrue(KeepTag.is(KeepTag.of(NEWER)) && !KeepTag.is(own));
    }

    private static Guard guard(RepositoryPlan plan, Digest digest) {
        return assertInstanceOf(Verdict.Keep.class, plan.verdicts().get(digest)).guard();
    }

    private static RepositoryPlan plan(List<Glob> protect, int keepNewest, Manifest... manifests) {
        Duration time = Duration.ofDays(30);
        EvictionRule rule = new EvictionRule(EvictionRule.ALL, time, time, time, keepNewest, false, protect);
        Policy policy = new Policy(List.of("docker-hub"), Set.of(), List.of(), List.of(rule));
        RepositoryState state = new RepositoryState(
                REPOSITORY,
                Arrays.asList(manifests),
                Map.of(),
                Optional.of(LONG_AGO),
                List.of(),
                Map.of(),
                Optional.empty());
        return RepositoryPlan.of(state, policy, NOW);
    }

    private static Manifest manifest(Digest digest, Tag... tags) {
        return new Manifest(
                REPOSITORY,
                digest,
                List.of(tags),
                Optional.of("application/vnd.oci.image.manifest.v1+json"),
                OptionalLong.of(100),
                Optional.of(LONG_AGO),
                Optional.empty(),
                Optional.empty(),
                Optional.of(Set.of()));
    }
}
