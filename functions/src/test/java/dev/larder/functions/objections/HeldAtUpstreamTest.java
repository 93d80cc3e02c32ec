package dev.larder.functions.objections;

import static dev.larder.functions.objections.Candidates.REPOSITORY;
import static dev.larder.functions.objections.Candidates.digest;
import static dev.larder.functions.objections.Candidates.image;
import static dev.larder.functions.objections.Candidates.index;
import static dev.larder.functions.objections.Candidates.referrer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.domain.lifecycle.Guard;
import dev.larder.domain.lifecycle.Manifest;
import dev.larder.domain.lifecycle.Objection;
import dev.larder.events.image.Digest;
import dev.larder.functions.lifecycle.Objections;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the upstream has, and what it was asked for. */
class HeldAtUpstreamTest extends HeldAtUpstreamFixture {
    @Test
    void aTagThatStillPointsAtTheImageIsEnough() {
        published.put("1.27", digest('a'));
        assertEquals(Map.of(), ask(image('a', "1.27", "latest", "larder-keep-aaaaaaaaaaaa")));
        assertEquals(List.of("1.27"), upstreams.looks);
    }

    @Test
    void aTagThatMovedOrIsGoneLeadsToTheDigest() {
        published.put("1", digest('f'));
        upstreams.held.add(digest('a'));
        Map<Digest, Objection> objections = ask(image('a', "1"), image('b', "2"), image('c'));
        assertEquals(Set.of(digest('b'), digest('c')), objections.keySet());
        assertEquals(
                new Objection(
                        Guard.GONE_UPSTREAM, "mirror's upstream did not have it any more at 2026-11-26T10:00:00Z"),
                objections.get(digest('b')));
        assertEquals(
                List.of(
                        "1",
                        digest('a').value(),
                        "2",
                        digest('b').value(),
                        digest('c').value()),
                upstreams.looks);
    }

    @Test
    void whatAnIndexListsIsNotAskedFor() {
        upstreams.held.add(digest('a'));
        assertEquals(Map.of(), ask(index('a', "bc"), image('b'), image('c')));
        assertEquals(List.of(digest('a').value()), upstreams.looks);
    }

    @Test
    void aSignatureThatTheUpstreamHasPrunedKeepsItself() {
        published.put("1.27", digest('a'));
        upstreams.held.add(digest('d'));
        Map<Digest, Objection> objections =
                ask(index('a', "b", "1.27"), image('b'), referrer('c', 'a'), referrer('d', 'b'));
        assertEquals(Set.of(digest('c')), objections.keySet());
        assertEquals(Guard.GONE_UPSTREAM, guard(objections, 'c'));
        assertEquals(List.of("1.27", digest('c').value(), digest('d').value()), upstreams.looks);
    }

    @Test
    void aSignatureOfWhatIsGoneIsNotAskedFor() {
        assertEquals(Set.of(digest('a')), ask(image('a'), referrer('c', 'a')).keySet());
        assertEquals(List.of(digest('a').value()), upstreams.looks);
    }

    @Test
    void aSlowUpstreamIsAskedForSomeMinutesAndTheNextSweepGoesOn() {
        Manifest[] all = IntStream.rangeClosed('a', 'f')
                .mapToObj(name -> image((char) name))
                .toArray(Manifest[]::new);
        for (Manifest manifest : all) {
            upstreams.held.add(manifest.digest());
        }
        upstreams.beforeArrival = () -> clock.advance(Duration.ofMinutes(2));
        Objections held = signal(Optional.empty()).inPiece(Optional.empty());
        Map<Digest, Objection> late =
                held.of(REPOSITORY, List.of(all), UNUSED, false).against();
        assertEquals(Set.of(digest('d'), digest('e'), digest('f')), late.keySet());
        assertEquals(
                new Objection(
                        Guard.UPSTREAM_UNCHECKED,
                        "mirror's upstream answers so slowly that this piece of the sweep spent its 6 minutes on asking for"
                                + " others; the next sweep goes on"),
                late.get(digest('d')));
        assertEquals(late, held.of(REPOSITORY, List.of(all), UNUSED, false).against(), "in the same piece");
        assertEquals(3, upstreams.looks.size());
        assertEquals(Map.of(), ask(all), "the next piece has a time of its own, at once");
        assertEquals(6, upstreams.looks.size());
    }

    @Test
    void eachPieceOfARepositoryHasATimeOfItsOwn() {
        upstreams.held.addAll(List.of(digest('a'), digest('b'), digest('c')));
        Objections worker = signal(Optional.empty());
        for (char name = 'a'; name <= 'c'; name++) {
            assertEquals(
                    Map.of(),
                    worker.inPiece(Optional.of(NOW))
                            .of(REPOSITORY, List.of(image(name)), UNUSED, false)
                            .against());
            clock.advance(Duration.ofMinutes(4));
        }
        assertEquals(3, upstreams.looks.size());
    }

    @Test
    void whoDeletesBelievesOnlyWhatWasAnsweredSinceItsRunBegan() {
        upstreams.held.add(digest('a'));
        Objections worker = new CheapestFirst(List.of(signal(Optional.empty())));
        Objections dry = worker.inPiece(Optional.empty());
        assertEquals(Map.of(), against(dry));
        clock.advance(Duration.ofHours(8));
        assertEquals(Map.of(), against(dry), "two dry runs of a day ask once");
        assertEquals(1, upstreams.looks.size());
        upstreams.held.clear();
        Instant started = clock.instant().plusMillis(600);
        clock.advance(Duration.ofMillis(700));
        Objections enforced = worker.inPiece(Optional.of(started));
        assertEquals(Guard.GONE_UPSTREAM, guard(against(enforced), 'a'));
        assertEquals(2, upstreams.looks.size());
    }

    @Test
    void aPieceThatComesAgainDoesNotAskAgain() {
        upstreams.held.add(digest('a'));
        Instant started = clock.instant().plusMillis(600);
        clock.advance(Duration.ofMillis(700));
        for (int tries = 0; tries < 3; tries++) {
            assertEquals(Map.of(), against(signal(Optional.empty()).inPiece(Optional.of(started))));
            clock.advance(Duration.ofMinutes(90));
        }
        assertEquals(1, upstreams.looks.size());
    }

    private static Map<Digest, Objection> against(Objections objections) {
        return objections.of(REPOSITORY, List.of(image('a')), UNUSED, false).against();
    }

    @Test
    void answersAreKeptWhileItIsAsked() {
        List<Manifest> many = IntStream.range(0, HeldAtUpstream.TOGETHER + 1)
                .mapToObj(HeldAtUpstreamTest::numbered)
                .toList();
        many.forEach(manifest -> upstreams.held.add(manifest.digest()));
        List<Integer> kept = new ArrayList<>();
        upstreams.beforeArrival = () -> kept.add(
                new DynamoDbUpstreamAnswers(local.table()).of(REPOSITORY).size());
        signal(Optional.empty()).of(REPOSITORY, many, UNUSED, false);
        assertEquals(0, kept.get(HeldAtUpstream.TOGETHER - 1));
        assertEquals(HeldAtUpstream.TOGETHER, kept.get(HeldAtUpstream.TOGETHER));
        assertEquals(
                HeldAtUpstream.TOGETHER + 1,
                new DynamoDbUpstreamAnswers(local.table()).of(REPOSITORY).size());
    }

    private static Manifest numbered(int number) {
        return new Manifest(
                REPOSITORY,
                new Digest("sha256:" + String.format("%064x", number)),
                List.of(),
                Optional.of("application/vnd.oci.image.manifest.v1+json"),
                OptionalLong.of(1),
                Optional.of(Instant.EPOCH),
                Optional.empty(),
                Optional.empty(),
                Optional.of(Set.of()));
    }

    @Test
    void thatItWasThereIsGoodForLessThanADayAndThatItWasGoneForAWeek() {
        upstreams.held.add(digest('a'));
        ask(image('a'), image('b'));
        upstreams.looks.clear();
        clock.advance(Duration.ofHours(20).minusSeconds(1));
        assertEquals(Guard.GONE_UPSTREAM, guard(ask(image('a'), image('b')), 'b'));
        assertEquals(List.of(), upstreams.looks);
        clock.advance(Duration.ofSeconds(1));
        ask(image('a'), image('b'));
        assertEquals(1, upstreams.looks.size());
        clock.advance(Duration.ofDays(6));
        ask(image('a'), image('b'));
        clock.advance(Duration.ofHours(4));
        ask(image('b'));
        assertEquals(3, upstreams.looks.size());
    }

    @Test
    void whenItWasThereIsEvidenceAlsoOfWhatComesWithIt() {
        upstreams.held.add(digest('a'));
        upstreams.held.add(digest('c'));
        String held = "upstream: mirror's had it at 2026-11-26T10:00:00Z";
        published.put("1.27", digest('a'));
        String with = held + ": " + digest('a') + ", with which this one comes";
        assertEquals(
                new Objections.Asked(
                        Map.of(
                                digest('d'),
                                new Objection(
                                        Guard.GONE_UPSTREAM,
                                        "mirror's upstream did not have it any more at 2026-11-26T10:00:00Z")),
                        Map.of(
                                digest('a'), List.of(held),
                                digest('b'), List.of(with),
                                digest('c'), List.of(held))),
                signal(Optional.empty())
                        .of(
                                REPOSITORY,
                                List.of(index('a', "b", "1.27"), image('b'), referrer('c', 'b'), image('d')),
                                UNUSED,
                                false));
    }

    @Test
    void aSignatureOfWhatIsNotThereIsHeldByItsDigestAlone() {
        upstreams.held.add(digest('c'));
        Map<Digest, List<String>> seen = signal(Optional.empty())
                .of(REPOSITORY, List.of(referrer('c', 'b')), UNUSED, false)
                .seen();
        String said = seen.getOrDefault(digest('c'), List.of("nothing")).getFirst();
        assertTrue(said.contains("by digest alone: it has no tag"), said);
    }

    @Test
    void thatOnlyItsDigestIsThereIsSaidAndRemembered() {
        published.put("16", digest('f'));
        published.put("17", digest('b'));
        upstreams.held.addAll(List.of(digest('a'), digest('c')));
        String held = "upstream: mirror's had it at 2026-11-26T10:00:00Z";
        Map<Digest, List<String>> seen = Map.of(
                digest('a'),
                List.of(held
                        + ", by digest alone: its tag 16 leads elsewhere or nowhere there, so undo brings what the tag"
                        + " leads to by then, and this digest only where another tag does"),
                digest('b'),
                List.of(held),
                digest('c'),
                List.of(held + ", by digest alone: it has no tag, so undo brings it only where a tag leads to it"));
        List<Manifest> candidates = List.of(image('a', "16"), image('b', "17"), image('c'));
        for (int look = 0; look < 2; look++) {
            assertEquals(
                    new Objections.Asked(Map.of(), seen, Set.of(digest('a'), digest('c'))),
                    signal(Optional.empty()).of(REPOSITORY, candidates, UNUSED, false));
            clock.advance(Duration.ofHours(1));
        }
        assertEquals(4, upstreams.looks.size());
    }

    @Test
    void nobodyIsAskedWhereWhatIsGoneGoes() {
        assertEquals(
                Objections.Asked.seen(
                        List.of(image('a')), "upstream: not asked, as evictGone lets go what it no longer has, too"),
                signal(Optional.empty()).of(REPOSITORY, List.of(image('a')), UNUSED, true));
        assertEquals(List.of(), upstreams.looks);
    }
}
