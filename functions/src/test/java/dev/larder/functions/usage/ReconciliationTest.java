package dev.larder.functions.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.domain.desired.TagMutability;
import dev.larder.domain.lifecycle.Manifest;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.Messages;
import dev.larder.functions.ecr.CacheException;
import dev.larder.functions.ecr.CacheInventory;
import dev.larder.functions.ecr.FakeRegistry;
import dev.larder.functions.ecr.RepositoryDescription;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReconciliationTest {
    private static final Instant BEGUN = Instant.parse("2026-11-20T00:00:00Z");
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final Instant PULLED = Instant.parse("2026-11-24T09:00:00Z");
    private static final Tagged NGINX = UsageFixture.tag("docker-hub/library/nginx:1.27");
    private static final Digest ONE = new Digest("sha256:" + "a1".repeat(32));
    private static final String TRAIL = "arn:aws:cloudtrail:eu-central-1:111122223333:trail/all";

    private final UsageFixture fixture = new UsageFixture();
    private final List<Manifest> inEcr = new ArrayList<>();
    private TrailState trail = new TrailState.Logging(TRAIL, BEGUN.minus(Duration.ofDays(100)));
    private long deadLetters;
    private boolean ecrAnswers = true;
    private boolean countable = true;
    private boolean silent;
    private Duration spent = Duration.ZERO;
    private Duration each = Duration.ZERO;
    private final List<RepositoryName> more = new ArrayList<>();
    private final List<String> compared = new ArrayList<>();

    @BeforeEach
    void begin() {
        fixture.state.begin(BEGUN);
        fixture.images.imported(NGINX, ONE, BEGUN);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void whenAllWitnessesAgreeTheRecordStaysComplete() {
        recordedPull();
        inEcr.add(manifest(Optional.of(PULLED.plusSeconds(30))));
        var outcome = reconcile(NOW);
        assertEquals(List.of(), outcome.gaps());
        assertEquals(List.of(), outcome.reconciled().orElseThrow().onlyEcr());
        assertEquals(1, outcome.reconciled().orElseThrow().images());
        assertEquals(Optional.of(BEGUN), fixture.state.completeSince("docker-hub"));
        assertEquals("logging", fixture.state.trail().orElseThrow().kind());
    }

    @Test
    void aPullThatOnlyEcrSawMakesTheRecordCompleteFromNowOnOnly() {
        inEcr.add(manifest(Optional.of(PULLED)));
        var outcome = reconcile(NOW);
        assertEquals(
                List.of(NGINX.repository() + "@" + ONE),
                outcome.reconciled().orElseThrow().onlyEcr());
        assertEquals(Optional.of(NOW), fixture.state.completeSince("docker-hub"));
        assertTrue(fixture.state.gaps().getFirst().evidence().contains(ONE.value()));
        assertEquals(List.of(), reconcile(NOW.plus(Duration.ofHours(6))).gaps(), "it is known by then");
    }

    @Test
    void whatIsInTheArchiveIsNotCompared() {
        Manifest seen = manifest(Optional.of(PULLED));
        inEcr.add(new Manifest(
                seen.repository(),
                seen.digest(),
                seen.tags(),
                seen.mediaType(),
                seen.sizeBytes(),
                seen.pushedAt(),
                seen.recordedPullAt(),
                seen.subject(),
                seen.children(),
                true));
        assertEquals(0, reconcile(NOW).reconciled().orElseThrow().images());
    }

    @Test
    void aPullThatTheTrailMayStillDeliverIsNotMissed() {
        inEcr.add(manifest(Optional.of(NOW.minus(Duration.ofMinutes(20)))));
        assertEquals(List.of(), reconcile(NOW).gaps());
    }

    @Test
    void aPullFromBeforeTheRecordBeganIsNotMissed() {
        inEcr.add(manifest(Optional.of(BEGUN.minusSeconds(60))));
        assertEquals(List.of(), reconcile(NOW).gaps());
    }

    @Test
    void aPullThatOnlyTheRecordSawIsNamed() {
        recordedPull();
        inEcr.add(manifest(Optional.empty()));
        assertEquals(
                List.of(NGINX.repository() + "@" + ONE),
                reconcile(NOW.plus(Duration.ofDays(2)))
                        .reconciled()
                        .orElseThrow()
                        .onlyRecord());
    }

    @Test
    void withoutATrailTheRecordIsCompleteFromNowOnOnly() {
        trail = new TrailState.None();
        assertEquals(1, reconcile(NOW).gaps().size());
        assertEquals(Optional.of(NOW), fixture.state.completeSince("docker-hub"));
        assertTrue(fixture.state.trail().orElseThrow().isMissing());
    }

    @Test
    void aTrailThatIsMissingIsKnownThoughEcrDoesNotAnswer() {
        trail = new TrailState.None();
        ecrAnswers = false;
        var outcome = reconcile(NOW);
        assertInstanceOf(CacheException.class, outcome.failures().getFirst());
        assertEquals(Optional.empty(), outcome.reconciled());
        assertEquals(Optional.empty(), fixture.state.reconciled(), "it was not compared");
        assertEquals(Optional.of(NOW), fixture.state.completeSince("docker-hub"));
    }

    @Test
    void aRepositoryOfWhichEcrDoesNotTellIsLeftOutUnlessItTellsOfNone() {
        silent = true;
        assertEquals(1, reconcile(NOW).failures().size());
        assertEquals(Optional.empty(), fixture.state.reconciled());
    }

    @Test
    void aComparisonThatTakesLongGoesOnInTheNextRun() {
        for (String name : List.of("docker-hub/c", "docker-hub/a", "docker-hub/b")) {
            more.add(new RepositoryName(name));
        }
        each = Duration.ofMinutes(4);
        reconcile(NOW);
        assertEquals(List.of("docker-hub/a", "docker-hub/b", "docker-hub/c"), compared);
        assertEquals(NOW, fixture.state.reconciled().orElseThrow().at());
        compared.clear();
        spent = Duration.ZERO;
        reconcile(NOW.plus(Duration.ofHours(6)));
        assertEquals(List.of("docker-hub/library/nginx", "docker-hub/a", "docker-hub/b"), compared);
        compared.clear();
        spent = Duration.ZERO;
        each = Duration.ZERO;
        reconcile(NOW.plus(Duration.ofHours(12)));
        assertEquals(List.of("docker-hub/c", "docker-hub/library/nginx", "docker-hub/a", "docker-hub/b"), compared);
        assertEquals(Optional.empty(), fixture.state.comparedThrough());
    }

    @Test
    void thatDeadLettersCannotBeCountedEndsNeitherTheTrailNorTheComparison() {
        countable = false;
        inEcr.add(manifest(Optional.of(PULLED)));
        var outcome = reconcile(NOW);
        assertEquals("no count", outcome.failures().getFirst().getMessage());
        assertEquals(1, outcome.gaps().size());
        assertEquals(Optional.of(NOW), fixture.state.completeSince("docker-hub"));
        assertEquals(NOW, fixture.state.reconciled().orElseThrow().at());
        assertEquals(Optional.empty(), fixture.state.countedAt());
    }

    @Test
    void afterATrailWasStartedAgainTheRecordIsCompleteSinceThen() {
        trail = new TrailState.Logging(TRAIL, NOW.minus(Duration.ofHours(2)));
        assertEquals(1, reconcile(NOW).gaps().size());
        assertEquals(Optional.of(NOW.minus(Duration.ofHours(2))), fixture.state.completeSince("docker-hub"));
        assertEquals(0, reconcile(NOW.plusSeconds(60)).gaps().size());
    }

    @Test
    void atrailThatCannotBeReadChangesNothing() {
        trail = new TrailState.Unreadable("denied");
        assertEquals(List.of(), reconcile(NOW).gaps());
        assertEquals(Optional.of(BEGUN), fixture.state.completeSince("docker-hub"));
    }

    @Test
    void whilePullsWaitAmongTheDeadLettersNobodyKnowsAndOnceTheyAreDeletedTheyAreLost() {
        deadLetters = 3;
        reconcile(NOW);
        assertEquals(Optional.empty(), fixture.state.completeSince("docker-hub"));
        deadLetters = 0;
        reconcile(NOW.plus(Duration.ofDays(1)));
        assertEquals(Optional.of(BEGUN), fixture.state.completeSince("docker-hub"), "they were redriven");
        deadLetters = 1;
        reconcile(NOW.plus(Duration.ofDays(2)));
        Instant expired = NOW.plus(Duration.ofDays(17));
        reconcile(expired);
        deadLetters = 0;
        reconcile(expired.plusSeconds(60));
        assertTrue(fixture.state.completeSince("docker-hub").orElseThrow().compareTo(expired) >= 0);
    }

    private void recordedPull() {
        fixture.now = PULLED;
        fixture.deliver(
                Messages.of(List.of(Messages.pull("docker-hub/library/nginx", "1.27", "eks-node", "one", PULLED))));
    }

    private Reconciliation.Outcome reconcile(Instant at) {
        return new Reconciliation(
                        fixture.upstreams,
                        new Inventory(),
                        fixture.images,
                        new LogFetches(fixture.log, fixture.days, () -> at),
                        fixture.state,
                        () -> trail,
                        this::count,
                        () -> at.plus(spent))
                .reconcile(at);
    }

    private long count() {
        if (!countable) {
            throw new IllegalStateException("no count");
        }
        return deadLetters;
    }

    private static Manifest manifest(Optional<Instant> recordedPullAt) {
        return new Manifest(
                NGINX.repository(),
                ONE,
                List.of(NGINX.tag()),
                Optional.of("application/vnd.oci.image.manifest.v1+json"),
                OptionalLong.of(10),
                Optional.of(BEGUN),
                recordedPullAt,
                Optional.empty(),
                Optional.of(Set.of()));
    }

    private static CacheInventory.Repository repository(RepositoryName name) {
        return new CacheInventory.Repository(
                name,
                new RepositoryDescription("arn", new TagMutability("MUTABLE", List.of()), false, Optional.empty()));
    }

    private final class Inventory implements CacheInventory {
        @Override
        public Stream<Repository> repositories() {
            if (!ecrAnswers) {
                throw FakeRegistry.broken();
            }
            return Stream.concat(
                    Stream.of(repository(NGINX.repository()), repository(new RepositoryName("team/app"))),
                    more.stream().map(ReconciliationTest::repository));
        }

        @Override
        public List<Manifest> manifests(RepositoryName repository) {
            compared.add(repository.value());
            spent = spent.plus(each);
            if (silent) {
                throw FakeRegistry.broken();
            }
            return repository.equals(NGINX.repository()) ? List.copyOf(inEcr) : List.of();
        }

        @Override
        public List<Manifest> manifests(RepositoryName repository, List<Digest> digests) {
            return manifests(repository);
        }

        @Override
        public Deletion delete(RepositoryName repository, List<Digest> digests) {
            throw new AssertionError("a comparison deletes nothing");
        }
    }
}
