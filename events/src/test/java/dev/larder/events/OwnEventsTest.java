package dev.larder.events;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.Platform;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class OwnEventsTest {
    @Property
    void aWarmOrderReadsBackAsItWasWritten(@ForAll("orders") WarmOrder order) throws MalformedEventException {
        assertEquals(order, EventParser.parse(order.toJson()));
    }

    @Property
    void anOwnEventReadsBackAsItWasWritten(@ForAll("ownEvents") OwnEvent event) throws MalformedEventException {
        assertEquals(event, EventParser.parse(event.toJson("some-id", "111122223333", "eu-central-1")));
    }

    @Property
    void aPieceOfASweepReadsBackAsItWasWritten(@ForAll("work") LifecycleWork work) throws MalformedEventException {
        assertEquals(work, EventParser.parse(work.toJson()));
    }

    @Provide
    Arbitrary<LifecycleWork> work() {
        Arbitrary<Integer> batches = Arbitraries.integers().greaterOrEqual(0);
        return Arbitraries.oneOf(
                Combinators.combine(
                                texts(),
                                instants(),
                                batches,
                                texts(),
                                repositories().list())
                        .as(LifecycleWork.Plan::new),
                Combinators.combine(texts(), instants()).as(LifecycleWork.Select::new),
                Combinators.combine(
                                texts(),
                                instants(),
                                batches,
                                repositories(),
                                selected().list())
                        .as(LifecycleWork.Evict::new),
                Combinators.combine(
                                texts(),
                                instants(),
                                repositories(),
                                Arbitraries.integers().greaterOrEqual(1),
                                instants())
                        .as(LifecycleWork.Reconcile::new));
    }

    private static Arbitrary<LifecycleWork.Selected> selected() {
        return Combinators.combine(
                        digests(), Arbitraries.integers().between(1, 100_000), texts(), Arbitraries.of("", "quay/**"))
                .as(LifecycleWork.Selected::new);
    }

    @Provide
    Arbitrary<WarmOrder> orders() {
        return Combinators.combine(
                        texts(),
                        references(),
                        tags().optional(),
                        Arbitraries.of(WarmReason.class),
                        platforms(),
                        Arbitraries.of(0, 1, 2, 3),
                        instants(),
                        durations())
                .as((id, image, by, reason, platforms, flags, requestedAt, delay) -> new WarmOrder(
                        id,
                        image,
                        image instanceof ImageReference.Digested ? by : Optional.empty(),
                        reason,
                        platforms,
                        (flags & 1) != 0,
                        (flags & 2) != 0,
                        requestedAt,
                        requestedAt.plus(delay)));
    }

    @Provide
    Arbitrary<OwnEvent> ownEvents() {
        Arbitrary<WarmReason> reasons = Arbitraries.of(WarmReason.class);
        Arbitrary<OwnEvent> warmed = Combinators.combine(
                        texts(),
                        references(),
                        digests(),
                        reasons,
                        platforms(),
                        Combinators.combine(platforms(), sizes().optional(), texts().optional())
                                .as(Measured::new),
                        durations(),
                        instants())
                .as((id, image, digest, reason, platforms, measured, took, at) -> new OwnEvent.ImageWarmed(
                        id,
                        image,
                        digest,
                        reason,
                        platforms,
                        measured.absent(),
                        measured.size(),
                        measured.unverified(),
                        took,
                        at));
        Arbitrary<OwnEvent> failed = Combinators.combine(
                        texts(),
                        references(),
                        reasons,
                        texts(),
                        Arbitraries.strings(),
                        Arbitraries.of(true, false),
                        instants())
                .as(OwnEvent.ImageWarmFailed::new);
        Arbitrary<OwnEvent> evicted = Combinators.combine(
                        repositories(),
                        digests(),
                        tags().list().ofMaxSize(3),
                        platforms(),
                        sizes().optional(),
                        texts(),
                        Arbitraries.strings(),
                        instants())
                .as((repository, digest, tags, platforms, size, reason, evidence, at) -> new OwnEvent.ImageEvicted(
                        "run-1", repository, digest, tags, platforms, size, reason, evidence, at));
        Arbitrary<OwnEvent> popular = Combinators.combine(
                        Arbitraries.of("111122223333/eu-central-1", "444455556666/us-gov-west-1"),
                        wanted().list().ofMaxSize(OwnEvent.ImagesPopular.MOST),
                        instants())
                .as(OwnEvent.ImagesPopular::new);
        Arbitrary<OwnEvent> checked = Combinators.combine(
                        texts(), Arbitraries.strings().optional(), instants())
                .as(OwnEvent.RuleChecked::new);
        return Arbitraries.oneOf(warmed, failed, evicted, popular, checked);
    }

    private record Measured(List<Platform> absent, Optional<Long> size, Optional<String> unverified) {}

    private static Arbitrary<OwnEvent.ImagesPopular.Wanted> wanted() {
        return Combinators.combine(
                        images(),
                        Arbitraries.doubles().between(0, false, 1e9, true).ofScale(12))
                .as(OwnEvent.ImagesPopular.Wanted::new);
    }

    private static Arbitrary<ImageReference> references() {
        return Arbitraries.oneOf(
                images(), Combinators.combine(repositories(), digests()).as(ImageReference.Digested::new));
    }

    private static Arbitrary<String> texts() {
        return Arbitraries.strings().ofMinLength(1).ofMaxLength(40);
    }

    private static Arbitrary<ImageReference.Tagged> images() {
        return Combinators.combine(repositories(), tags()).as(ImageReference.Tagged::new);
    }

    private static Arbitrary<RepositoryName> repositories() {
        Arbitrary<String> words = Arbitraries.strings()
                .withCharRange('a', 'z')
                .numeric()
                .ofMinLength(2)
                .ofMaxLength(12);
        return words.list().ofMinSize(1).ofMaxSize(4).map(parts -> new RepositoryName(String.join("/", parts)));
    }

    private static Arbitrary<Tag> tags() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .withCharRange('0', '9')
                .withChars('.', '-', '_')
                .ofMinLength(1)
                .ofMaxLength(30)
                .filter(text -> !text.startsWith(".") && !text.startsWith("-"))
                .map(Tag::new);
    }

    private static Arbitrary<Digest> digests() {
        return Arbitraries.strings()
                .withCharRange('a', 'f')
                .numeric()
                .ofLength(64)
                .map(hex -> new Digest("sha256:" + hex));
    }

    private static Arbitrary<List<Platform>> platforms() {
        return Arbitraries.of("linux/amd64", "linux/arm64", "linux/arm/v7", "windows/amd64")
                .map(Platform::parse)
                .list()
                .uniqueElements();
    }

    private static Arbitrary<Long> sizes() {
        return Arbitraries.longs().between(0, Long.MAX_VALUE);
    }

    private static Arbitrary<Duration> durations() {
        return Arbitraries.longs().between(0, 86_400_000).map(Duration::ofMillis);
    }

    private static Arbitrary<Instant> instants() {
        return Combinators.combine(
                        Arbitraries.longs().between(1_577_836_800L, 4_102_444_800L),
                        Arbitraries.integers().between(0, 999_999_999))
                .as(Instant::ofEpochSecond);
    }
}
