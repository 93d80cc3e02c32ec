package dev.larder.domain.usage;

import static dev.larder.domain.usage.Facts.NODE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The calls of each kind of client, as they stand in CloudTrail: one pull is one pull. */
class ClientPullsTest {
    private static final Caller CI = Caller.of("arn:aws:iam::111122223333:user/ci");

    private final Facts facts = new Facts()
            .tagged(-86400, "1.27", "multi")
            .index("multi", "amd64", "arm64")
            .tagged(-86400, "single", "plain");

    @Test
    void dockerAsksForTheTagAndFetchesIndexAndManifest() {
        facts.registry(NODE, 0, "1.27").registry(NODE, 1, "@multi").registry(NODE, 2, "@multi/arm64");
        assertEquals(List.of("1.27 arm64 hit"), facts.counted());
    }

    @Test
    void allCallsInOneSecondAreOnePullWhateverTheirHashes() {
        for (int second = 0; second < 1_000; second += 10) {
            facts.registry(NODE, second, "1.27", "@multi", "@multi/amd64");
        }
        assertEquals(IntStream.range(0, 100).mapToObj(i -> "1.27 amd64 hit").toList(), facts.counted());
    }

    @Test
    void aClientThatHasTheImageOnlyAsks() {
        assertEquals(List.of("1.27 hit"), facts.registry(NODE, 0, "1.27").counted());
    }

    @Test
    void aTagOfOnePlatformIsAskedForAndFetchedByDigest() {
        facts.registry(NODE, 0, "single").registry(NODE, 1, "@plain");
        assertEquals(List.of("single hit"), facts.counted());
    }

    @Test
    void skopeoGetsTheTagAndTheManifest() {
        facts.registry(NODE, 0, "1.27").registry(NODE, 0, "@multi/amd64");
        assertEquals(List.of("1.27 amd64 hit"), facts.counted());
    }

    @Test
    void skopeoWithAllGetsEveryManifest() {
        facts.registry(NODE, 0, "1.27", "@multi/amd64").registry(NODE, 200, "@multi/arm64");
        assertEquals(List.of("1.27 amd64 arm64 hit"), facts.counted());
    }

    @Test
    void kubeletPullsWhatIsPinnedByDigest() {
        facts.registry(NODE, 0, "@multi", "@multi").registry(NODE, 1, "@multi/arm64");
        assertEquals(List.of("@multi of 1.27 arm64 hit"), facts.counted());
    }

    @Test
    void whatIsPinnedToOnePlatformIsAskedForAndFetched() {
        facts.registry(NODE, 0, "@plain").registry(NODE, 1, "@plain");
        facts.registry(NODE, 60, "@multi/arm64", "@multi/arm64");
        assertEquals(List.of("@plain of single hit", "@multi/arm64 of 1.27 arm64 hit"), facts.counted());
    }

    @Test
    void fourCallsForADigestAreTwoPulls() {
        facts.registry(NODE, 0, "@plain", "@plain").registry(NODE, 3, "@plain", "@plain");
        assertEquals(List.of("@plain of single hit", "@plain of single hit"), facts.counted());
    }

    @Test
    void aTagThatIsAskedForAndThenFetchedIsOnePull() {
        facts.registry(NODE, 0, "1.27", "1.27", "@multi/amd64");
        assertEquals(List.of("1.27 amd64 hit"), facts.counted());
    }

    @Test
    void twoThatAskAndFetchAtOnceAreTwoPulls() {
        facts.registry(NODE, 0, "1.27", "1.27", "1.27", "1.27", "@multi/amd64", "@multi/amd64");
        assertEquals(List.of("1.27 amd64 hit", "1.27 amd64 hit"), facts.counted());
    }

    @Test
    void aClientThatOnlyAskedIsNoPartOfTheNextOneThatFetchesTheIndex() {
        facts.registry(CI, 0, "1.27").registry(CI, 3, "1.27", "@multi", "@multi/amd64");
        assertEquals(List.of("1.27 hit", "1.27 amd64 hit"), facts.counted());
    }

    @Test
    void callsByAnSdkAreAPullEach() {
        facts.sdk(CI, 0, "1.27", "1.27", "1.27", "1.27", "1.27", "@multi");
        assertEquals(
                List.of("1.27 hit", "1.27 hit", "1.27 hit", "1.27 hit", "1.27 hit", "@multi of 1.27 hit"),
                facts.counted().stream().sorted().toList());
    }

    @Test
    void twoPullsAtOnceByOneCallerAreTwo() {
        facts.registry(CI, 0, "1.27").registry(CI, 1, "1.27").registry(CI, 2, "@multi/amd64", "@multi/amd64");
        assertEquals(List.of("1.27 amd64 hit", "1.27 amd64 hit"), facts.counted());
    }

    @Test
    void aHundredPullsAtOnceByOneCallerAreAHundred() {
        for (int i = 0; i < 100; i++) {
            facts.registry(CI, 0, "1.27").registry(CI, 2, "@multi/amd64");
        }
        assertEquals(IntStream.range(0, 100).mapToObj(i -> "1.27 amd64 hit").toList(), facts.counted());
    }

    @Test
    void sessionsOfOneRoleAreTwoClients() {
        Caller other = new Caller(NODE.principal(), Optional.of("i-0f2b6f0e7a534c0e9"));
        facts.registry(NODE, 0, "single").registry(other, 1, "@plain");
        assertEquals(List.of("single hit", "@plain of single hit"), facts.counted());
    }

    @Test
    void theSameManifestOfTwoIndexesBelongsToThePullBeforeIt() {
        facts.tagged(-50, "1.28", "next").lists("next", "multi/amd64", "amd64");
        facts.registry(NODE, 0, "1.27", "@multi/amd64").registry(NODE, 10, "1.28", "@multi/amd64");
        assertEquals(List.of("1.27 amd64 hit", "1.28 amd64 hit"), facts.counted());
    }

    @Test
    void aManifestWithoutAPullBeforeItIsAPullOfAllItsTags() {
        facts.tagged(-50, "1.28", "next").lists("next", "multi/amd64", "amd64");
        facts.registry(NODE, 0, "1.27", "@multi/amd64").registry(NODE, 301, "@multi/amd64");
        assertEquals(List.of("1.27 amd64 hit", "@multi/amd64 of 1.27,1.28 amd64 hit"), facts.counted());
    }

    @Test
    void aDigestThatNobodyKnowsIsAPullOfItself() {
        assertEquals(
                List.of("@unknown hit"), facts.registry(NODE, 0, "@stranger").counted());
    }

    @Test
    void aFailedCallIsNoPullAndNoPartOfOne() {
        facts.registry(NODE, 0, "1.27").fails(NODE, 1, "@multi/amd64", "AccessDenied");
        assertEquals(List.of("1.27 hit", "@multi/amd64 of 1.27 amd64 failed: AccessDenied"), facts.counted());
    }

    @Test
    void partsDoNotFollowAFailedCall() {
        facts.fails(NODE, 0, "1.27", "AccessDenied").registry(NODE, 1, "@multi/amd64");
        assertEquals(List.of("1.27 failed: AccessDenied", "@multi/amd64 of 1.27 amd64 hit"), facts.counted());
    }

    @Test
    void everyFactTwiceIsWorthTheSame() {
        facts.registry(NODE, 0, "1.27", "@multi", "@multi/amd64").trip(0.5, "1.27");
        List<String> once = facts.counted();
        facts.all().addAll(List.copyOf(facts.all()));
        assertEquals(once, facts.counted());
    }

    @Test
    void whatARegistryClientFetchesIsNoPartOfAPullThroughTheSdk() {
        facts.registry(CI, 0, "1.27").sdk(CI, 1, "1.27").registry(CI, 1, "1.27");
        facts.registry(CI, 2, "@multi/amd64").registry(CI, 2, "@multi/amd64");

        assertEquals(
                List.of("1.27 amd64 hit", "1.27 amd64 hit", "1.27 hit"),
                facts.counted().stream().sorted().toList());
    }
}
