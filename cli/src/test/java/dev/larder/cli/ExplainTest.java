package dev.larder.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import dev.larder.functions.lifecycle.KeptGroups;
import dev.larder.functions.lifecycle.RunLine;
import dev.larder.functions.lifecycle.Tombstone;
import dev.larder.functions.objections.DynamoDbUpstreamAnswers;
import dev.larder.functions.objections.UpstreamAnswers;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What {@code larder explain} says, from ECR and the real record, by the sweep's own code. */
class ExplainTest extends LifecycleCell {
    @Test
    void anImageIsExplainedByWhateverItIsCalled() {
        for (String name : List.of(
                "quay/app/web:old",
                "quay/app/web@sha256:" + "1".repeat(64),
                "quay/app/web@111111111111",
                "1".repeat(12))) {
            assertTrue(explained(name).contains("may go now, with the next sweep, within its limits"), name);
        }
        assertEquals(
                "quay/app/web:gone is not in the cache, and no tombstone says that Larder ever evicted it",
                assertThrows(IllegalStateException.class, () -> explained("quay/app/web:gone"))
                        .getMessage());
    }

    @Test
    void theExplanationSaysWhatHappensWhen() {
        assertEquals("""
                quay/team/tool@sha256:6666666666666666666666666666666666666666666666666666666666666666
                tags:       1
                what it is: an image (application/vnd.oci.image.manifest.v1+json), 3.0 GiB
                rule:       **: goes when not pulled for 30 d
                family:     none of the newest is kept
                uses:       pulled never; pulled, says ECR, never; pushed 2026-11-04T10:20:00Z (20 d ago); imported never; warmed never

                it stays, kept by:
                GUARD   UNTIL                           WHAT WAS SEEN
                pushed  2026-12-04T10:20:00Z (in 10 d)  pushed at 2026-11-04T10:20:00Z, less than 30 d ago

                what happens: nothing pulls it -> may go from 2026-12-04T10:20:00Z (in 10 d), with the sweep after it
                when more than 1.0 GiB of quay/team/** are cached: may go now, with the next sweep, within its limits
                asked right before an image goes, and not here: whether its upstream still has it, whether ECR replicates it or counts it in use
                """, explained("quay/team/tool:1"));
    }

    @Test
    void whatASweepFoundGoneAtItsUpstreamLatelyStaysAndItIsSaidWhenThatIsAskedAgain() throws Exception {
        found(false, "-PT48H");
        String why = "quay's upstream did not have it any more at 2026-11-22T10:20:00Z; it is asked again after"
                + " 2026-11-29T10:20:00Z";
        String text = explained("quay/app/web:old");
        assertTrue(text.contains("gone upstream  time does not end it  " + why), text);
        assertTrue(text.contains("what happens: stays, however long nothing pulls it: gone upstream, " + why), text);
        found(false, "-P8D");
        assertTrue(explained("quay/app/web:old").contains("may go now"), "a sweep would ask again");
        found(true, "-PT48H");
        assertTrue(explained("quay/app/web:old").contains("may go now"));
        close();
        open(CONFIG.replace("keepNewest: 0", "keepNewest: 0\n    goneUpstream: evict"));
        found(false, "-PT48H");
        assertTrue(explained("quay/app/web:old").contains("may go now"), "the file wants it to go");
    }

    @Test
    void whatStayedWhenARunWouldHaveTakenItComesBehindOthersUntilItIsUsed() throws IOException {
        String line =
                "a run would have taken it and what goes with it 2026-11-24T09:20:00Z (1 h ago), and left them (in use"
                        + " by clusters, says the run last): runs take others first now, and ask again when nothing else is left";
        Digest digest = new Digest("sha256:" + "6".repeat(64));
        RepositoryName repository = new RepositoryName("quay/team/tool");
        assertFalse(explained("quay/team/tool:1").contains("a run would have taken it"));
        new KeptGroups(cell.table())
                .keep(
                        repository,
                        Map.of(
                                new KeptGroups.Name(digest, Optional.of("quay/team/**")),
                                new KeptGroups.Kept("in use by clusters", "last", at("-PT1H"))));
        String text = explained("quay/team/tool:1");
        assertTrue(text.contains(line + "\n"), text);
        assertEquals(
                "{guard=in use by clusters, run=last, at=2026-11-24T09:20:00Z}",
                String.valueOf(ExplainJson.fields(new ExplainReading(cell.operated).of(repository + ":1"))
                        .get("stayed")));
        cell.pull("quay/team/tool:1", RecordedCell.NODE, at("-PT30M").toString());
        assertFalse(explained("quay/team/tool:1").contains("a run would have taken it"));
    }

    private void found(boolean held, String at) {
        new DynamoDbUpstreamAnswers(cell.table())
                .keep(
                        new RepositoryName("quay/app/web"),
                        Map.of(new Digest("sha256:" + "1".repeat(64)), new UpstreamAnswers.Answer(held, at(at))));
    }

    /** The last run's tombstone of an image of {@code quay/app/web}. */
    private void bury(Digest digest, List<Tag> tags, List<String> evidence) {
        cell.operated
                .tombstones()
                .put(List.of(new Tombstone(
                        new RepositoryName("quay/app/web"),
                        digest,
                        tags,
                        List.of(),
                        OptionalLong.of(GB),
                        at("-PT1H"),
                        "not pulled",
                        evidence,
                        "last")));
    }

    /** The last run's line of an image of {@code quay/app/web}. */
    private void tell(Digest digest, List<Tag> tags, RunLine.Outcome outcome, List<String> evidence) {
        cell.operated
                .runs()
                .add(
                        cell.operated.runs().last().orElseThrow(),
                        List.of(new RunLine(
                                new RepositoryName("quay/app/web"),
                                digest,
                                tags,
                                OptionalLong.of(GB),
                                0,
                                outcome,
                                "not pulled",
                                evidence)));
    }

    @Test
    void whatWentIsExplainedByItsTombstoneAndTheRunThatTookIt() {
        Digest digest = new Digest("sha256:" + "9".repeat(64));
        bury(digest, List.of(new Tag("gone")), List.of("rule **: not pulled for 30 d"));
        tell(digest, List.of(new Tag("gone")), RunLine.Outcome.EVICTED, List.of("rule **: not pulled for 30 d"));
        String expected = """
                quay/app/web@sha256:9999999999999999999999999999999999999999999999999999999999999999
                it is not in the cache

                evicted 2026-11-24T09:20:00Z (1 h ago) by the run last: not pulled; tags gone; ./larder undo quay/app/web:gone brings it back
                  rule **: not pulled for 30 d

                RUN   STARTED                         MODE      VERDICT  REASON      EVIDENCE
                last  2026-11-24T09:20:00Z (1 h ago)  enforced  evicted  not pulled  rule **: not pulled for 30 d
                """;
        assertEquals(expected, explained("quay/app/web:gone"));
        assertEquals(expected, explained("9".repeat(12)));
    }

    @Test
    void whatARunThatWasGivenUpWasAboutToEvictIsNotSaidToBeBack() {
        Digest digest = new Digest("sha256:" + "1".repeat(64));
        bury(digest, List.of(new Tag("old")), List.of());
        assertTrue(explained("quay/app/web:old").contains("evicted 2026-11-24T09:20:00Z (1 h ago) by the run last"));
        tell(digest, List.of(new Tag("old")), RunLine.Outcome.EVICT, List.of());
        String text = explained("quay/app/web:old");
        assertTrue(
                text.contains(
                        "the run last was about to evict it 2026-11-24T09:20:00Z (1 h ago), and was given up before it"
                                + " knew whether it did; it is here\n"),
                text);
        assertFalse(text.contains("it is back since"), text);
    }

    @Test
    void ofWhatTheUpstreamHadByDigestAloneItIsNotPromisedThatItComesBack() {
        RepositoryName repository = new RepositoryName("quay/app/web");
        Digest digest = new Digest("sha256:" + "9".repeat(64));
        cell.operated
                .tombstones()
                .put(List.of(new Tombstone(
                        repository,
                        digest,
                        List.of(new Tag("16")),
                        List.of(),
                        OptionalLong.of(GB),
                        at("-PT1H"),
                        "not pulled",
                        List.of(),
                        true,
                        "last")));
        String text = explained(repository + "@" + digest);
        String doubt = "when it went, its upstream had " + repository + "@" + digest + " by digest alone: its tag 16"
                + " leads elsewhere or nowhere there, so undo brings what the tag leads to by then, and this digest only"
                + " where another tag does";
        assertTrue(text.contains("undo quay/app/web:16 orders it again; " + doubt + "\n"), text);
        String json = String.valueOf(ExplainJson.fields(new ExplainReading(cell.operated).of(repository + "@" + digest))
                .get("tombstones"));
        assertTrue(json.contains("doubt=" + doubt), json);
    }

    @Test
    void ofWhatHadNoTagItIsNotPromisedThatItComesBack() {
        RepositoryName repository = new RepositoryName("quay/app/web");
        Digest digest = new Digest("sha256:" + "9".repeat(64));
        bury(digest, List.of(), List.of());
        String text = explained(repository + "@" + digest);
        assertTrue(text.contains("undo " + repository + "@" + digest + " orders it again, and says whether"), text);
    }
}
