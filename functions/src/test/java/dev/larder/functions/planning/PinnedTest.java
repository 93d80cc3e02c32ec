package dev.larder.functions.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.config.Budget;
import dev.larder.config.Warm;
import dev.larder.domain.upstream.Failure;
import dev.larder.domain.warming.NewTags;
import dev.larder.domain.warming.Sightings;
import dev.larder.events.WarmOrder;
import dev.larder.events.WarmReason;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.Platform;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import dev.larder.functions.upstream.UpstreamHealth;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PinnedTest {
    private static final String NGINX = "docker-hub/library/nginx";
    private static final Digested DIGEST =
            new Digested(new RepositoryName(NGINX), PlanningCell.digest("what the pin names"));

    private final PlanningCell cell = new PlanningCell();

    @AfterEach
    void close() {
        cell.close();
    }

    @Test
    void anExactPinThatIsNotCachedIsOrderedAtOnceForThePlatformsOfTheFile() {
        cell.pin(NGINX + ":1.27");
        WarmOrder order = cell.plan().getFirst();
        assertEquals(NGINX + ":1.27", order.image().toString());
        assertEquals(WarmReason.PINNED, order.reason());
        assertEquals(List.of(Platform.parse("linux/amd64")), order.platforms());
        assertEquals(PlanningCell.NOON, order.notBefore());
        assertEquals(false, order.refresh());
    }

    @Test
    void aPatternOrdersWhatMatchesOfTheTagsThatAreKnown() {
        cell.pin(NGINX + ":1.27*-alpine");
        cell.listed(NGINX, "1.26.1-alpine", "1.27.1-alpine", "1.27.2", "1.27.3-alpine");
        assertEquals(List.of(NGINX + ":1.27.3-alpine", NGINX + ":1.27.1-alpine"), cell.planned(), "the newest first");
    }

    @Test
    void aPatternThatMatchesNothingIsSaidSo() {
        cell.pin(NGINX + ":9.*");
        cell.listed(NGINX, "1.27");
        WarmPlanning.Planned planned = cell.planning().plan(PlanningCell.NOON);
        assertEquals(List.of(), planned.plan().orders());
        assertEquals(
                List.of("the pin " + NGINX + ":9.* matches none of the 1 tags that are known of " + NGINX),
                planned.notes());
        assertTrue(cell.printed().contains("matches none of the 1 tags"));
    }

    @Test
    void aPatternThatMatchesTooMuchStopsAtTheLimitOfImagesWithTheNewest() {
        cell.pin(NGINX + ":1.*");
        cell.limit(new Warm.Limits(2, 500_000_000_000L));
        cell.listed(NGINX, "1.8", "1.9", "1.10", "1.11");
        assertEquals(List.of(NGINX + ":1.11", NGINX + ":1.10"), cell.planned());
        WarmPlanning.Planned later = cell.planning().plan(cell.clock.instant());
        assertEquals(2, later.plan().orders().size(), "what is under way is not ordered twice");
    }

    @Test
    void aTagThatLarderSetIsNeverOrdered() {
        cell.pin(NGINX + ":l*");
        cell.listed(NGINX, "latest", "larder-keep-0123456789ab");
        cell.pulled(NGINX + ":larder-keep-0123456789ab", PlanningCell.NOON.minusSeconds(60), PlanningCell.NOON);
        assertEquals(List.of(NGINX + ":latest"), cell.planned());
    }

    @Test
    void aDigestIsOrderedByTheTagThatThePinNames() {
        cell.pin(NGINX + ":1.27@" + DIGEST.digest());
        WarmOrder order = cell.plan().getFirst();
        assertEquals(DIGEST, order.image());
        assertEquals(Optional.of(new Tag("1.27")), order.by());
    }

    @Test
    void aDigestWithoutATagIsOrderedByWhateverTagIsFound() {
        cell.pin(DIGEST.toString());
        WarmOrder order = cell.plan().getFirst();
        assertEquals(DIGEST, order.image());
        assertEquals(Optional.empty(), order.by());
        assertEquals(WarmReason.PINNED, order.reason());
    }

    /** A digest that the file pins with its tag is warm, and a day is over since. */
    private Digested warmYesterday() {
        cell.upstreams = List.of(
                PlanningCell.hub(Optional.of(new Budget(400, Duration.ofDays(30), 50, Budget.Counts.MANIFESTS))));
        Tagged tag = PlanningCell.tagged(NGINX + ":1.27");
        Digested image = new Digested(
                tag.repository(), cell.ecr.publish(tag, "linux/amd64").digest());
        cell.pin(tag + "@" + image.digest());
        cell.work(cell.plan().getFirst());
        assertEquals(98, cell.left("docker-hub"));
        assertEquals(1, cell.bus.events().size());
        cell.clock.advance(Duration.ofHours(24).minusSeconds(1));
        assertEquals(List.of(), cell.plan());
        cell.clock.advance(Duration.ofSeconds(1));
        return image;
    }

    @Test
    void aDigestThatIsWarmIsLookedForOnceADayWhichCostsNothingAndTellsNothing() {
        Digested image = warmYesterday();
        cell.registries.looks.clear();
        WarmOrder look = cell.plan().getFirst();
        assertEquals(image, look.image());
        assertEquals(100, cell.left("docker-hub"), "nothing is put aside for it");
        assertEquals(0, cell.bytes.of(cell.clock.instant()));
        cell.work(look);
        assertEquals(100, cell.left("docker-hub"));
        assertEquals(0, cell.bytes.of(cell.clock.instant()));
        assertEquals(List.of(), cell.registries.looks);
        assertEquals(1, cell.bus.events().size(), "that it is still there is no news");
        assertEquals(
                Optional.of(cell.clock.instant()), cell.images.warmth(image).warmedAt());
        cell.clock.advance(Duration.ofMinutes(15));
        assertEquals(List.of(), cell.plan());
    }

    @Test
    void aDigestThatLeftTheCacheUnnoticedComesBackAndIsPaidFor() {
        Digested image = warmYesterday();
        cell.ecr.untag(PlanningCell.tagged(NGINX + ":1.27"));
        assertEquals(Map.of(), cell.ecr.manifests(image.repository(), Set.of(image.digest())));
        cell.work(cell.plan().getFirst());
        assertEquals(100, cell.left("docker-hub"), "the look finds out, and imports nothing");
        assertEquals(1, cell.bus.events().size());
        cell.clock.advance(Duration.ofMinutes(15));
        WarmOrder order = cell.plan().getFirst();
        assertEquals(WarmReason.PINNED, order.reason());
        assertEquals(91, cell.left("docker-hub"));
        cell.work(order);
        assertEquals(
                Set.of(image.digest()),
                cell.ecr.manifests(image.repository(), Set.of(image.digest())).keySet());
        assertEquals(98, cell.left("docker-hub"), "an index and one image");
    }

    @Test
    void aPinnedDigestThatAUserFailedToPullIsLookedForSooner() {
        cell.upstreams = List.of(PlanningCell.hub(Optional.empty()));
        Tagged tag = PlanningCell.tagged(NGINX + ":1.27");
        Digested image = new Digested(
                tag.repository(), cell.ecr.publish(tag, "linux/amd64").digest());
        cell.pin(tag + "@" + image.digest());
        cell.work(cell.plan().getFirst());
        cell.clock.advance(Duration.ofMinutes(50));
        cell.failed(image, cell.clock.instant());
        assertEquals(List.of(), cell.plan(), "it was there an hour ago");
        cell.clock.advance(Duration.ofMinutes(10));
        WarmOrder look = cell.plan().getFirst();
        assertEquals(image, look.image());
        cell.work(look);
        cell.clock.advance(Duration.ofHours(2));
        assertEquals(List.of(), cell.plan(), "nobody failed since");
    }

    @Test
    void aLookForAPinnedDigestTakesNoTurnOfAnUpstreamThatFailedAndTellsOfNoPinThatIsNotWarm() {
        warmYesterday();
        new UpstreamHealth(cell.states)
                .failed("docker-hub", Failure.classify("UpstreamTooManyRequests", ""), cell.clock.instant());
        assertTrue(cell.printed().contains("\"PinnedNotWarm\":0"));
        cell.clock.advance(Duration.ofMinutes(6));
        assertEquals(List.of(), cell.planned());
    }

    @Test
    void aDigestThatIsPinnedByTwoTagsIsOrderedAndPaidOnceAndByTheOtherWhenTheFirstDoesNotLeadThere() {
        cell.upstreams = List.of(
                PlanningCell.hub(Optional.of(new Budget(400, Duration.ofDays(30), 50, Budget.Counts.MANIFESTS))));
        Tagged other = PlanningCell.tagged(NGINX + ":1.27.3");
        Digested image = new Digested(
                other.repository(), cell.ecr.publish(other, "linux/amd64").digest());
        cell.ecr.publish(PlanningCell.tagged(NGINX + ":1.27"), "linux/amd64");
        cell.pin(NGINX + ":1.27@" + image.digest(), other + "@" + image.digest(), image.toString());
        WarmOrder order = cell.plan().getFirst();
        assertEquals(91, cell.left("docker-hub"));
        assertEquals(Optional.of(new Tag("1.27")), order.by());
        cell.work(order);
        cell.clock.advance(Duration.ofHours(2));
        List<WarmOrder> again = cell.plan();
        assertEquals(1, again.size());
        assertEquals(Optional.of(other.tag()), again.getFirst().by());
        cell.work(again.getFirst());
        assertEquals(
                Optional.of(cell.clock.instant()), cell.images.warmth(image).warmedAt());
    }

    @Test
    void aDigestOfATagThatIsInUseWithAnotherWaitsForEcrsOwnCheckOfTheTag() {
        Tagged tag = PlanningCell.tagged(NGINX + ":1.27");
        Digest old = cell.ecr.publish(tag, "linux/amd64").digest();
        cell.work(WarmOrder.atOnce("by-hand", tag, WarmReason.MANUAL, List.of(), false, PlanningCell.NOON));
        cell.clock.advance(Duration.ofHours(1));
        Digested image = new Digested(
                tag.repository(), cell.ecr.publish(tag, "linux/amd64").digest());
        cell.pin(tag + "@" + image.digest());
        cell.ecr.calls.clear();
        cell.work(cell.plan().getFirst());
        assertEquals(List.of("get 1.27"), cell.ecr.calls);
        assertEquals(Optional.of(old), cell.ecr.cached(tag));
        String printed = cell.printed();
        assertTrue(printed.contains("\"PinnedNotWarm\":1"), printed);
        assertTrue(printed.contains("TagNotDue: " + tag + " leads there, and is in the cache with " + old), printed);
        assertTrue(printed.contains("ECR asks the upstream again after 2026-11-25T12:00:00Z"), printed);
        cell.clock.advance(Duration.ofHours(23).plusSeconds(1));
        assertEquals(List.of(), cell.plan());
        cell.clock.advance(Duration.ofSeconds(1));
        cell.work(cell.plan().getFirst());
        assertEquals(Optional.of(image.digest()), cell.ecr.cached(tag));
        assertTrue(cell.printed().contains("\"PinnedNotWarm\":0"));
    }

    @Test
    void aPinThatCannotBeHadIsTriedLessAndLessOftenAndCountsAsNotWarm() {
        cell.pin(NGINX + ":1.27", DIGEST.toString());
        for (ImageReference image : List.of(PlanningCell.tagged(NGINX + ":1.27"), DIGEST)) {
            cell.images.warmFailed(image, Failure.classify("ImageNotFound", "no such image"), PlanningCell.NOON);
            cell.images.warmFailed(
                    image, Failure.classify("ImageNotFound", "no such image"), PlanningCell.NOON.plusSeconds(1));
        }
        cell.clock.advance(Duration.ofHours(2));
        String printed = cell.printed();
        assertTrue(printed.contains("\"PinnedNotWarm\":2"), printed);
        assertTrue(printed.contains(NGINX + ":1.27 is pinned and not warm: ImageNotFound: no such image"), printed);
        assertTrue(printed.contains(DIGEST + " is pinned and not warm: ImageNotFound"), printed);
        assertEquals(0, cell.planned().size());
        cell.clock.advance(Duration.ofSeconds(1));
        assertEquals(2, cell.planned().size());
    }

    /** A pin that ECR or an upstream refuses for a reason that is not its own: one order is made, carried out, and fails. */
    private void fails(String code) {
        cell.upstreams = List.of(
                PlanningCell.hub(Optional.of(new Budget(400, Duration.ofDays(30), 50, Budget.Counts.MANIFESTS))));
        cell.pin(NGINX + ":1.27");
        cell.ecr.publish(PlanningCell.tagged(NGINX + ":1.27"), "linux/amd64");
        cell.ecr.outage = Optional.of(Failure.classify(code, "as it says"));
        cell.work(cell.plan().getFirst());
    }

    @ParameterizedTest
    @ValueSource(strings = {"LimitExceededException", "AccessDeniedException"})
    void aPinThatEcrRefusesForGoodCostsNothingAndIsTriedLessAndLessOftenAndCountsAsNotWarm(String code) {
        fails(code);
        assertEquals(100, cell.left("docker-hub"), "the upstream was not asked");
        assertEquals(0, cell.bytes.of(PlanningCell.NOON));
        cell.clock.advance(Duration.ofMinutes(45));
        String printed = cell.printed();
        assertTrue(printed.contains("\"PinnedNotWarm\":1"), printed);
        assertTrue(printed.contains(NGINX + ":1.27 is pinned and not warm: " + code + ": as it says"), printed);
        assertEquals(List.of(), cell.planned());
        cell.clock.advance(Duration.ofMinutes(15));
        assertEquals(1, cell.planned().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ThrottlingException", "ServerException", "ConnectionReset", "Whatever"})
    void aPinThatFailsForWhatMayPassIsOrderedAgainAndCountsAsNotWarmUntilItIsWarm(String code) {
        fails(code);
        cell.clock.advance(Duration.ofMinutes(15));
        String printed = cell.printed();
        assertTrue(printed.contains("\"PinnedNotWarm\":1"), printed);
        assertTrue(printed.contains(NGINX + ":1.27 is pinned and not warm: " + code + ": as it says"), printed);
        cell.ecr.outage = Optional.empty();
        cell.clock.advance(Duration.ofMinutes(30));
        cell.work(cell.plan().getFirst());
        assertTrue(cell.printed().contains("\"PinnedNotWarm\":0"));
    }

    @Test
    void aPinThatIsTheProbeOfAnUpstreamThatFailedCountsAsNotWarm() {
        fails("UpstreamTooManyRequests");
        cell.clock.advance(Duration.ofMinutes(6));
        String printed = cell.printed();
        assertTrue(printed.contains("\"Ordered\":1"), printed);
        assertTrue(printed.contains("\"PinnedNotWarm\":1"), printed);
        assertTrue(printed.contains("is pinned and not warm: UpstreamTooManyRequests"), printed);
    }

    @Test
    void aPinThatAUserBroughtAfterItFailedForWhatPassesCountsAsWarm() {
        fails("ThrottlingException");
        cell.clock.advance(Duration.ofMinutes(15));
        cell.cached(NGINX + ":1.27", cell.clock.instant());
        assertTrue(cell.printed().contains("\"PinnedNotWarm\":0"));
    }

    @Test
    void aFailureThatMayPassDoesNotMakeAnImageRestAsLongAsThoseOfItsOwnBefore() {
        cell.pin(NGINX + ":1.27");
        for (int i = 0; i < 6; i++) {
            cell.images.warmFailed(
                    PlanningCell.tagged(NGINX + ":1.27"),
                    Failure.classify("ImageNotFound", "no such image"),
                    PlanningCell.NOON.plusSeconds(i));
        }
        cell.clock.advance(Duration.ofDays(2));
        cell.images.warmFailed(
                PlanningCell.tagged(NGINX + ":1.27"),
                Failure.classify("ThrottlingException", "slow down"),
                cell.clock.instant());
        assertEquals(1, cell.planned().size());
    }

    @Test
    void aPinGoesBeforeWhatUsersFailedToGetHoweverMuchThatSaves() {
        cell.upstreams = List.of(
                PlanningCell.hub(Optional.of(new Budget(40, Duration.ofHours(6), 50, Budget.Counts.MANIFESTS))));
        cell.pin(NGINX + ":1.27");
        cell.failed("docker-hub/library/app:0f1e2d3", PlanningCell.NOON.minusSeconds(60));
        cell.failed("docker-hub/library/app:4c5b6a7", PlanningCell.NOON.minusSeconds(60));
        assertEquals(NGINX + ":1.27", cell.planned().getFirst());
    }

    @Test
    void aPinnedPatternOfManyTagsDoesNotKeepAnotherPinWaiting() {
        cell.pin("docker-hub/library/app:*", NGINX + ":1.27");
        cell.limit(new Warm.Limits(2, 500_000_000_000L));
        cell.listed("docker-hub/library/app", "1.1", "1.2", "1.3", "1.4");
        assertEquals(List.of("docker-hub/library/app:1.4", NGINX + ":1.27"), cell.planned());
    }

    @Test
    void aPinThatIsWarmCountsAsWarm() {
        cell.pin(NGINX + ":1.27");
        cell.cached(NGINX + ":1.27", PlanningCell.NOON);
        String printed = cell.printed();
        assertTrue(printed.contains("\"PinnedNotWarm\":0"), printed);
    }

    @Test
    void aPinThatTheBudgetCannotPayForCountsAsNotWarm() {
        cell.upstreams = List.of(
                PlanningCell.hub(Optional.of(new Budget(10, Duration.ofHours(6), 100, Budget.Counts.MANIFESTS))));
        cell.pin(NGINX + ":1.27");
        String printed = cell.printed();
        assertTrue(printed.contains("\"PinnedNotWarm\":1"), printed);
        assertTrue(printed.contains(NGINX + ":1.27 is pinned and not warm: costs 9 pulls"), printed);
    }

    @Test
    void aPinOfAnUpstreamThatFailsCountsAsNotWarm() {
        cell.pin(NGINX + ":1.27");
        new UpstreamHealth(cell.states)
                .failed("docker-hub", Failure.classify("UpstreamTooManyRequests", ""), PlanningCell.NOON);
        String printed = cell.printed();
        assertTrue(printed.contains("\"PinnedNotWarm\":1"), printed);
        assertTrue(printed.contains("is pinned and not warm: the upstream failed"), printed);
    }

    @Test
    void aPinThatTheAllowListDoesNotHaveIsNotOrderedAndCountsAsNotWarm() {
        cell.pin("docker-hub/someone/tool:1", "elsewhere/tool:1");
        assertEquals(List.of(), cell.plan());
        String printed = cell.printed();
        assertTrue(printed.contains("docker-hub/someone/tool:1 (pinned) is under no upstream"), printed);
        assertTrue(printed.contains("\"PinnedNotWarm\":2"), printed);
    }

    @Test
    void aPinWhoseOrdersComeToNoEndIsToldAsNotWarm() {
        cell.pin(NGINX + ":1.27");
        assertEquals(1, cell.plan().size());
        for (int plan = 0; plan < 3; plan++) {
            cell.clock.advance(Duration.ofMinutes(15));
            assertEquals(
                    Map.of(NGINX + ":1.27", WarmPlanning.UNFINISHED),
                    cell.planning().plan(cell.clock.instant()).pinnedNotWarm());
            assertEquals(1, cell.plan().size(), "it is ordered again all the same");
        }
    }

    @Test
    void aPatternWhoseListCannotBeReadIsToldAsNotWarm() {
        String pin = NGINX + ":9.*";
        cell.pin(pin);
        new DynamoDbSightings(cell.local.table(), cell.clock)
                .keep(
                        "docker-hub",
                        new Sightings(
                                new NewTags(new RepositoryName(NGINX), List.of()),
                                Map.of(),
                                Optional.empty(),
                                Optional.of("Unauthorized: log in first")));
        WarmPlanning.Planned planned = cell.planning().plan(cell.clock.instant());
        assertTrue(planned.pinnedNotWarm().getOrDefault(pin, "").contains("log in first"), planned.toString());
        cell.listed(NGINX, "9.1");
        assertEquals(Map.of(), cell.planning().plan(cell.clock.instant()).pinnedNotWarm());
    }
}
