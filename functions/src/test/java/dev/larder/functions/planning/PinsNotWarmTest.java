package dev.larder.functions.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.config.Budget;
import dev.larder.domain.upstream.Failure;
import dev.larder.domain.warming.NewTags;
import dev.larder.domain.warming.Sightings;
import dev.larder.events.OwnEvent;
import dev.larder.events.WarmOrder;
import dev.larder.events.WarmReason;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.ecr.CacheException;
import dev.larder.functions.upstream.UpstreamHealth;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which pins count as not warm, and how often they are tried. */
class PinsNotWarmTest extends PinFixture {
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
    void aPinWhoseOrderFailedAfterItHadComeIsLookedForAtEcrAloneAndCountsAsNotWarmUntilItIsSeen() {
        Tagged pin = PlanningCell.tagged(NGINX + ":1.27");
        cell.upstreams = List.of(
                PlanningCell.hub(Optional.of(new Budget(400, Duration.ofDays(30), 50, Budget.Counts.MANIFESTS))));
        cell.pin(pin.toString());
        Digest digest = cell.ecr.publish(pin, "linux/amd64").digest();
        cell.ecr.beforeCall = () -> {
            if (cell.ecr.cached(pin).isPresent()) {
                throw new CacheException("check layers", Failure.classify("ThrottlingException", "slow down"));
            }
        };
        cell.work(cell.plan().getFirst());
        cell.images.imported(pin, digest, cell.clock.instant());
        cell.ecr.calls.clear();
        int left = (int) cell.left("docker-hub");
        for (int tries = 0; tries < 2; tries++) {
            cell.clock.advance(Duration.ofMinutes(45));
            assertTrue(cell.printed().contains("is pinned and not warm: ThrottlingException: slow down"));
            cell.clock.advance(Duration.ofMinutes(45));
            WarmOrder look = cell.plan().getFirst();
            assertEquals(pin, look.image());
            assertEquals(WarmReason.STALE, look.reason());
            if (tries == 1) {
                cell.ecr.beforeCall = () -> {};
            }
            cell.work(look);
        }
        assertEquals(List.of(), cell.ecr.calls, "the tag was not asked for");
        assertEquals(List.of(), cell.registries.looks);
        assertEquals(left, (int) cell.left("docker-hub"));
        assertInstanceOf(OwnEvent.ImageWarmed.class, cell.bus.events().getLast());
        cell.clock.advance(Duration.ofMinutes(45));
        assertTrue(cell.printed().contains("\"PinnedNotWarm\":0"));
        assertEquals(List.of(), cell.planned());
    }

    @Test
    void aPinWhoseOrderFailedAfterItHadComeAndThatIsGoneByThenComesAgain() {
        Tagged pin = PlanningCell.tagged(NGINX + ":1.27");
        cell.pin(pin.toString());
        Digest digest = cell.ecr.publish(pin, "linux/amd64").digest();
        cell.ecr.get(pin);
        cell.images.imported(pin, digest, cell.clock.instant().plusSeconds(20));
        cell.images.warmFailed(pin, Failure.classify("ThrottlingException", "slow down"), cell.clock.instant());
        cell.ecr.untag(pin);
        cell.ecr.calls.clear();
        cell.clock.advance(Duration.ofMinutes(15));
        cell.work(cell.plan().getFirst());
        assertEquals(List.of(), cell.ecr.calls);
        cell.clock.advance(Duration.ofMinutes(15));
        WarmOrder order = cell.plan().getFirst();
        assertEquals(WarmReason.PINNED, order.reason());
        cell.work(order);
        assertEquals(Optional.of(digest), cell.ecr.cached(pin));
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
