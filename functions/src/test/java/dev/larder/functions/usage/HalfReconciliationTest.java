package dev.larder.functions.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.domain.desired.TagMutability;
import dev.larder.domain.lifecycle.Manifest;
import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.ecr.CacheInventory;
import dev.larder.functions.ecr.FakeRegistry;
import dev.larder.functions.ecr.RepositoryDescription;
import dev.larder.functions.usage.RecordState.Reconciled;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A comparison with ECR that fails in the middle is none: the record is trusted as long as for the one before it. */
class HalfReconciliationTest {
    private static final Instant BEGUN = Instant.parse("2026-11-20T00:00:00Z");
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final Instant BEFORE = NOW.minus(Duration.ofHours(12));
    private static final List<RepositoryName> ALL = Stream.of("docker-hub/a", "docker-hub/b", "docker-hub/c")
            .map(RepositoryName::new)
            .toList();

    private final UsageFixture fixture = new UsageFixture();
    private final CheckedRecord record = new CheckedRecord(fixture.state, () -> NOW.plus(Duration.ofHours(2)));
    private int answers = ALL.size();
    private Supplier<RuntimeException> failure = FakeRegistry::broken;
    private List<Manifest> ofTheFirst = List.of();

    @BeforeEach
    void comparedBefore() {
        fixture.state.begin(BEGUN);
        fixture.state.reconciled(new Reconciled(BEFORE, 3, List.of(), List.of()));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void oneRepositoryOfWhichEcrDoesNotTellIsLeftOut() {
        answers = 2;
        assertEquals(List.of(), reconcile().failures());
        assertEquals(NOW, comparedAt());
        assertEquals(Optional.of(BEGUN), record.completeSince("docker-hub"));
    }

    @Test
    void ofMostRepositoriesItHasToTell() {
        answers = 1;
        assertNotHeard();
    }

    @Test
    void aTableThatFailsInTheMiddleEndsIt() {
        answers = 2;
        failure = () -> new IllegalStateException("no table");
        assertNotHeard();
    }

    @Test
    void whatOnlyEcrSawIsKeptThoughItFellSilentThen() {
        answers = 1;
        ofTheFirst = List.of(new Manifest(
                ALL.getFirst(),
                new Digest("sha256:" + "a1".repeat(32)),
                List.of(),
                Optional.of("application/vnd.oci.image.manifest.v1+json"),
                OptionalLong.of(10),
                Optional.of(BEGUN),
                Optional.of(NOW.minus(Duration.ofHours(3))),
                Optional.empty(),
                Optional.of(Set.of())));
        assertEquals(1, reconcile().gaps().size());
        assertEquals(Optional.of(NOW), fixture.state.completeSince("docker-hub"));
        assertEquals(BEFORE, comparedAt());
    }

    private void assertNotHeard() {
        assertEquals(1, reconcile().failures().size());
        assertEquals(BEFORE, comparedAt());
        assertEquals(Optional.empty(), record.completeSince("docker-hub"));
        String why = record.doubt("docker-hub").orElseThrow();
        assertTrue(why.startsWith("the record was last compared with ECR at " + BEFORE), why);
    }

    private Instant comparedAt() {
        return fixture.state.reconciled().orElseThrow().at();
    }

    private Reconciliation.Outcome reconcile() {
        return new Reconciliation(
                        fixture.upstreams,
                        new Inventory(),
                        fixture.images,
                        new LogFetches(fixture.log, fixture.days, () -> NOW),
                        fixture.state,
                        () -> new TrailState.Logging("a trail", BEGUN),
                        () -> 0,
                        () -> NOW)
                .reconcile(NOW);
    }

    private final class Inventory implements CacheInventory {
        @Override
        public Stream<Repository> repositories() {
            return ALL.stream()
                    .map(name -> new Repository(
                            name,
                            new RepositoryDescription(
                                    "arn", new TagMutability("MUTABLE", List.of()), false, Optional.empty())));
        }

        @Override
        public List<Manifest> manifests(RepositoryName repository) {
            if (ALL.indexOf(repository) >= answers) {
                throw failure.get();
            }
            return repository.equals(ALL.getFirst()) ? ofTheFirst : List.of();
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
