package dev.larder.functions.objections;

import static dev.larder.functions.objections.Candidates.REPOSITORY;
import static dev.larder.functions.objections.Candidates.digest;
import static dev.larder.functions.objections.Candidates.image;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.domain.lifecycle.Guard;
import dev.larder.domain.lifecycle.Manifest;
import dev.larder.domain.lifecycle.Objection;
import dev.larder.events.image.Digest;
import dev.larder.functions.MovableClock;
import dev.larder.functions.lifecycle.Objections;
import dev.larder.functions.objections.ScriptedEcr.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** ECR's two signals, by its real client over HTTP. */
class EcrObjectionsTest {
    private static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");
    private static final Duration UNUSED = Duration.ofDays(30);
    private static final List<Manifest> CANDIDATES = List.of(image('a', "1"), image('b'), image('c'));

    private final ScriptedEcr ecr = new ScriptedEcr();
    private final MovableClock clock = new MovableClock(NOW);
    private final Objections replication = new EcrReplication(ecr.client(), clock);
    private final Objections findings = new EcrFindings(ecr.client(), clock);
    private final Map<Character, Reply> byImage = new HashMap<>();

    @AfterEach
    void close() {
        ecr.close();
    }

    private void answer(String settings, String settingsReply, String action) {
        ecr.script((called, input) -> {
            if (called.equals(settings)) {
                return new Reply(200, settingsReply);
            }
            assertEquals(action, called);
            char name = input.charAt(input.indexOf("sha256:") + 7);
            return byImage.getOrDefault(name, new Reply(200, "{}"));
        });
    }

    private void replicates(String filter) {
        answer(
                "DescribeRegistry",
                "{\"registryId\":\"111122223333\",\"replicationConfiguration\":{\"rules\":[{\"destinations\":[{\"region\":"
                        + "\"us-east-1\",\"registryId\":\"111122223333\"}],\"repositoryFilters\":[" + filter + "]}]}}",
                "DescribeImageReplicationStatus");
    }

    private void scansEnhanced() {
        answer(
                "GetRegistryScanningConfiguration",
                "{\"scanningConfiguration\":{\"scanType\":\"ENHANCED\",\"rules\":[]}}",
                "DescribeImageScanFindings");
    }

    private static Reply status(String status) {
        return new Reply(
                200,
                "{\"replicationStatuses\":[{\"region\":\"us-east-1\",\"registryId\":\"111122223333\",\"status\":\""
                        + status + "\"}]}");
    }

    private static Reply finding(String details) {
        return new Reply(
                200,
                "{\"imageScanStatus\":{\"status\":\"ACTIVE\"},\"imageScanFindings\":{\"enhancedFindings\":[{\"resources\":"
                        + "[{\"details\":{\"awsEcrContainerImage\":" + details + "}}]}]}}");
    }

    private static Reply denied() {
        return new Reply(400, ScriptedEcr.error("AccessDeniedException", "not authorized"));
    }

    private static Reply gone() {
        return new Reply(400, ScriptedEcr.error("ImageNotFoundException", "gone"));
    }

    private static Map<Digest, Objection> ask(Objections signal) {
        return signal.of(REPOSITORY, CANDIDATES, UNUSED, false).against();
    }

    private static String seen(Objections signal, char name) {
        return String.join(
                "; ", signal.of(REPOSITORY, CANDIDATES, UNUSED, false).seen().getOrDefault(digest(name), List.of()));
    }

    @Test
    void thatNoRuleCopiesARepositoryIsEvidence() {
        answer("DescribeRegistry", "{\"replicationConfiguration\":{\"rules\":[]}}", "");
        assertEquals("replication: no rule copies the repository to another registry", seen(replication, 'a'));
    }

    @Test
    void thatNoCopyIsUnderWayIsEvidence() {
        replicates("");
        byImage.put('a', status("IN_PROGRESS"));
        byImage.put('b', status("COMPLETE"));
        assertEquals("", seen(replication, 'a'));
        assertEquals("replication: it is not copied to another registry right now", seen(replication, 'b'));
    }

    @Test
    void whatEcrCountsIsEvidence() {
        scansEnhanced();
        byImage.put('a', finding("{\"inUseCount\":0,\"lastInUseAt\":1700000000}"));
        byImage.put('b', new Reply(400, ScriptedEcr.error("ScanNotFoundException", "none")));
        byImage.put('c', finding("{\"inUseCount\":1}"));
        assertEquals(
                "ECR's in-use count: 0 clusters run it, the last time at 2023-11-14T22:13:20Z", seen(findings, 'a'));
        assertEquals("ECR's in-use count: none, as it is not scanned", seen(findings, 'b'));
        assertEquals("", seen(findings, 'c'));
    }

    @Test
    void thatEcrCountsNothingIsEvidence() {
        answer(
                "GetRegistryScanningConfiguration",
                "{\"scanningConfiguration\":{\"scanType\":\"BASIC\",\"rules\":[]}}",
                "");
        assertEquals("ECR's in-use count: none, as the registry has no enhanced scanning", seen(findings, 'a'));
    }

    @Test
    void aRegistryThatDoesNotReplicateIsAskedForThatOnceInAWhile() {
        answer("DescribeRegistry", "{\"replicationConfiguration\":{\"rules\":[]}}", "");
        assertEquals(Map.of(), ask(replication));
        assertEquals(Map.of(), ask(replication));
        assertEquals(List.of("DescribeRegistry"), ecr.calls());
        clock.advance(Duration.ofMinutes(5));
        ask(replication);
        assertEquals(2, ecr.calls().size());
    }

    @Test
    void onlyACopyInProgressIsHeldAgainstAnImage() {
        replicates("");
        byImage.put('a', status("IN_PROGRESS"));
        byImage.put('b', status("FAILED"));
        byImage.put('c', gone());
        assertEquals(
                Map.of(
                        digest('a'),
                        new Objection(
                                Guard.REPLICATING,
                                "its copy to the registry 111122223333 in us-east-1 is IN_PROGRESS")),
                ask(replication));
    }

    @Test
    void aRuleForOtherRepositoriesCostsNothing() {
        replicates("{\"filter\":\"prod/\",\"filterType\":\"PREFIX_MATCH\"}");
        assertEquals(Map.of(), ask(replication));
        assertEquals(List.of("DescribeRegistry"), ecr.calls());
    }

    @Test
    void aStatusThatCannotBeReadKeepsTheRestWithoutAskingOn() {
        replicates("{\"filter\":\"mirror/\",\"filterType\":\"PREFIX_MATCH\"}");
        byImage.put('a', status("COMPLETE"));
        byImage.put('b', denied());
        Map<Digest, Objection> objections = ask(replication);
        assertEquals(Set.of(digest('b'), digest('c')), objections.keySet());
        Objection objection = objections.get(digest('c'));
        assertEquals(Guard.REPLICATING, objection.guard());
        assertTrue(
                objection.detail().contains("could not be read")
                        && objection.detail().contains("ecr:DescribeImageReplicationStatus"),
                objection.detail());
        assertEquals(3, ecr.calls().size());
    }

    @Test
    void rulesThatCannotBeReadKeepEverything() {
        ecr.script((action, input) -> denied());
        assertEquals(3, ask(replication).size());
        assertEquals(3, ask(findings).size());
        assertEquals(Guard.IN_USE_UNREADABLE, ask(findings).get(digest('a')).guard());
    }

    @Test
    void withoutEnhancedScanningEcrKnowsNothing() {
        answer(
                "GetRegistryScanningConfiguration",
                "{\"scanningConfiguration\":{\"scanType\":\"BASIC\",\"rules\":[]}}",
                "");
        assertEquals(Map.of(), ask(findings));
        assertEquals(List.of("GetRegistryScanningConfiguration"), ecr.calls());
    }

    @Test
    void whatAClusterRunsOrRanLatelyStays() {
        scansEnhanced();
        byImage.put('a', finding("{\"inUseCount\":2,\"lastInUseAt\":1.7641E9}"));
        byImage.put(
                'b',
                finding("{\"inUseCount\":0,\"lastInUseAt\":"
                        + NOW.minus(Duration.ofDays(29)).getEpochSecond() + "}"));
        byImage.put(
                'c',
                finding("{\"inUseCount\":0,\"lastInUseAt\":" + NOW.minus(UNUSED).getEpochSecond() + "}"));
        assertEquals(
                Map.of(
                        digest('a'),
                        new Objection(
                                Guard.IN_USE,
                                "ECR counts 2 ECS or EKS clusters that run it, the last time at 2025-11-25T19:46:40Z"),
                        digest('b'),
                        new Objection(Guard.IN_USE, "a cluster last ran it at 2026-10-28T10:00:00Z, says ECR")),
                ask(findings));
    }

    @Test
    void anImageThatWasNotScannedHasNothingAgainstIt() {
        scansEnhanced();
        byImage.put('a', new Reply(400, ScriptedEcr.error("ScanNotFoundException", "none")));
        byImage.put('b', new Reply(200, "{\"imageScanStatus\":{\"status\":\"UNSUPPORTED_IMAGE\"}}"));
        byImage.put('c', finding("{}"));
        assertEquals(Map.of(), ask(findings));
    }

    @Test
    void aScanThatIsNotOverKeepsTheImage() {
        scansEnhanced();
        byImage.put('a', new Reply(200, "{\"imageScanStatus\":{\"status\":\"PENDING\"}}"));
        byImage.put('b', new Reply(200, "{\"imageScanStatus\":{\"status\":\"SCAN_ELIGIBILITY_EXPIRED\"}}"));
        byImage.put('c', new Reply(200, "{\"imageScanStatus\":{\"status\":\"FAILED\"}}"));
        Map<Digest, Objection> objections = ask(findings);
        assertEquals(Set.of(digest('a'), digest('c')), objections.keySet());
        assertEquals(Guard.IN_USE_UNREADABLE, objections.get(digest('a')).guard());
    }

    @Test
    void findingsThatCannotBeReadKeepTheImage() {
        scansEnhanced();
        byImage.put('b', new Reply(500, ScriptedEcr.error("ServerException", "try later")));
        Map<Digest, Objection> objections = ask(findings);
        assertEquals(Set.of(digest('b'), digest('c')), objections.keySet());
        assertEquals(Guard.IN_USE_UNREADABLE, objections.get(digest('b')).guard());
    }
}
