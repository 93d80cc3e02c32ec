package dev.larder.functions.lookout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.domain.upstream.Circuit;
import dev.larder.domain.upstream.Failure;
import dev.larder.domain.upstream.FailureKind;
import dev.larder.domain.upstream.KnownTags;
import dev.larder.events.image.Tag;
import dev.larder.functions.planning.PlanningCell;
import dev.larder.functions.upstream.DynamoDbUpstreamTags;
import dev.larder.functions.upstream.UpstreamHealth;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Upstreams that refuse, fail, or do not answer. */
class LookingRefusedTest extends LookingFixture {
    @Test
    void whatThereIsNotIsSaidAndAskedForAgainInHoursAndHurtsNoOther() {
        cell.pin(NGINX + ":1.*", REDIS + ":7*");
        registries.list(NGINX, "1.27");
        assertEquals(2, look().size());
        assertEquals(1, outcome.putOff().size());
        assertTrue(outcome.putOff().getFirst().startsWith(REDIS + ", the list of tags: "), outcome.toString());
        assertTrue(outcome.putOff().getFirst().contains("no such repository"), outcome.toString());
        List<String> notes = cell.planning().plan(cell.clock.instant()).notes();
        assertTrue(
                notes.stream()
                        .anyMatch(note -> note.startsWith("the list of tags of " + REDIS + " was not read: ")
                                && note.contains("no such repository")),
                notes.toString());
        assertEquals(List.of(), look());
        cell.clock.advance(Duration.ofHours(7));
        assertEquals(2, look().size());
    }

    @Test
    void aListThatIsRefusedIsNotAskedForAgainBecauseSingleTagsAreLookedAt() {
        String pin = REDIS + "@" + PlanningCell.digest("sought");
        cell.pin(pin);
        look();
        KnownTags known = known(REDIS);
        new DynamoDbUpstreamTags(cell.local.table(), cell.clock)
                .keep(known.looked(new Tag("7"), PlanningCell.digest("old"), NOON.minus(Duration.ofDays(8))));
        registries.digests.put(REDIS + ":7", PlanningCell.digest("another"));
        assertEquals(List.of("HEAD " + REDIS + ":7"), look());
        assertEquals(List.of(), look());
    }

    @ParameterizedTest
    @EnumSource(names = {"CREDENTIALS", "UNKNOWN", "DENIED"})
    void aListThatIsRefusedForWhatPeopleMendIsAskedForAgainInHoursWhateverItIsReadFor(FailureKind kind) {
        cell.images.imported(
                PlanningCell.tagged(NGINX + ":1.27.0"), PlanningCell.digest("1"), NOON.minus(Duration.ofHours(10)));
        cell.daily(6, NGINX + ":1.27.0");
        registries.list(NGINX, "1.27.0");
        registries.refusals.put("docker-hub", new Failure(kind, "Refused", "no"));
        assertEquals(List.of("LIST " + NGINX), look());
        registries.refusals.clear();
        cell.clock.advance(Duration.ofHours(5));
        assertEquals(List.of(), look());
        cell.clock.advance(Duration.ofHours(1));
        assertEquals(List.of("LIST " + NGINX), look(), "popular images' lists are read every four days");
        cell.clock.advance(Duration.ofHours(7));
        assertEquals(List.of(), look(), "it was read");
    }

    @Test
    void aConnectionThatBrokeIsTriedAgainInTheNextRun() {
        cell.pin(NGINX + ":1.*");
        registries.list(NGINX, "1.27");
        registries.refusals.put("docker-hub", new Failure(FailureKind.NETWORK, "Network", "connection reset"));
        look();
        assertTrue(cell.planning().plan(cell.clock.instant()).notes().toString().contains("connection reset"));
        registries.refusals.clear();
        cell.clock.advance(Duration.ofMinutes(15));
        assertEquals(List.of("LIST " + NGINX), look());
        assertEquals(List.of(), cell.planning().plan(cell.clock.instant()).notes(), "the list was read");
    }

    @Test
    void anUpstreamThatHasHadEnoughIsLeftAloneAndOneTryEndsIt() {
        both();
        cell.pin(NGINX + ":1.*", REDIS + ":7*", TOOL + ":v*");
        registries.list(NGINX, "1.27");
        registries.list(REDIS, "7");
        registries.list(TOOL, "v1");
        registries.refusals.put("docker-hub", new Failure(FailureKind.UPSTREAM_LIMIT, "TOOMANYREQUESTS", "slow down"));
        assertEquals(List.of("LIST " + NGINX, "LIST " + TOOL), look());
        assertTrue(outcome.putOff().contains(REDIS + ", the list of tags: the upstream failed lately"));
        assertEquals(Circuit.Phase.OPEN, phase());

        registries.refusals.clear();
        cell.clock.advance(Duration.ofMinutes(6));
        assertEquals(List.of("LIST " + REDIS, "LIST " + NGINX), look(), "the one that was refused comes last");
        assertEquals(Circuit.Phase.CLOSED, phase(), "nobody else may have had anything to ask");
    }

    @Test
    void aLoginThatWeLackIsSaidAndKeepsNobodyFromImportingByEcrsOwn() {
        both();
        cell.pin(NGINX + ":1.*", REDIS + ":7*", TOOL + ":v*");
        registries.list(TOOL, "v1");
        registries.refusals.put("docker-hub", new Failure(FailureKind.CREDENTIALS, "Unauthorized", "log in first"));
        assertEquals(List.of("LIST " + NGINX, "LIST " + TOOL, "LIST " + REDIS), look());
        assertEquals(Circuit.Phase.CLOSED, phase());
        assertTrue(cell.planning().plan(cell.clock.instant()).notes().stream()
                .anyMatch(note -> note.startsWith("the list of tags of " + NGINX) && note.contains("log in first")));
        cell.clock.advance(Duration.ofMinutes(15));
        assertEquals(List.of(), look(), "nobody gave it a login in between");
        cell.clock.advance(Duration.ofHours(7));
        assertEquals(3, look().size());
    }

    @Test
    void aTryThatFailsKeepsItShutForLonger() {
        cell.pin(NGINX + ":1.*", REDIS + ":7*");
        registries.refusals.put("docker-hub", new Failure(FailureKind.UPSTREAM_LIMIT, "TOOMANYREQUESTS", "slow down"));
        assertEquals(1, look().size());
        cell.clock.advance(Duration.ofMinutes(6));
        assertEquals(1, look().size());
        cell.clock.advance(Duration.ofMinutes(6));
        assertEquals(List.of(), look());
    }

    @Test
    void anAnswerSaysNothingOfAFailureSinceItWasAskedFor() {
        cell.pin(NGINX + ":1.*");
        registries.list(NGINX, "1.27");
        UpstreamHealth health = new UpstreamHealth(cell.states);
        Failure limit = new Failure(FailureKind.UPSTREAM_LIMIT, "TOOMANYREQUESTS", "slow down");
        health.failed("docker-hub", limit, NOON);
        cell.clock.advance(Circuit.FIRST);
        registries.beforeArrival = () -> {
            cell.clock.advance(Duration.ofSeconds(1));
            health.failed("docker-hub", limit, cell.clock.instant());
            cell.clock.advance(Duration.ofSeconds(1));
        };
        assertEquals(1, look().size());
        assertEquals(Circuit.Phase.OPEN, phase());
    }

    @Test
    void whatFailedWithTheUpstreamLetsOtherTagsGoFirst() {
        cell.pin(NGINX + "@" + PlanningCell.digest("sought"));
        cell.listed(NGINX, "1.26", "1.27");
        UpstreamHealth health = new UpstreamHealth(cell.states);
        health.failed(
                "docker-hub",
                NGINX + ":1.27",
                new Failure(FailureKind.UPSTREAM_UNAVAILABLE, "502", "bad gateway"),
                NOON.minusSeconds(2));
        health.failed(
                "docker-hub",
                new Failure(FailureKind.UPSTREAM_LIMIT, "TOOMANYREQUESTS", "slow down"),
                NOON.minusSeconds(1));
        cell.clock.advance(Circuit.FIRST);
        List<String> looks = look();
        assertTrue(looks.stream().anyMatch(look -> look.endsWith("1.26")), looks::toString);
        assertTrue(looks.stream().noneMatch(look -> look.endsWith("1.27")), looks::toString);
    }

    @Test
    void aListThatFailedWithTheUpstreamLetsOthersGoFirst() {
        cell.pin(NGINX + ":1.*", REDIS + ":7*");
        registries.list(REDIS, "7");
        UpstreamHealth health = new UpstreamHealth(cell.states);
        health.failed(
                "docker-hub",
                NGINX + ", the list of tags",
                new Failure(FailureKind.UPSTREAM_UNAVAILABLE, "502", "bad gateway"),
                NOON.minusSeconds(2));
        health.failed(
                "docker-hub",
                new Failure(FailureKind.UPSTREAM_LIMIT, "TOOMANYREQUESTS", "slow down"),
                NOON.minusSeconds(1));
        cell.clock.advance(Circuit.FIRST);
        assertEquals(List.of("LIST " + REDIS), look());
        assertTrue(outcome.putOff().toString().contains(NGINX + ", the list of tags: it failed"), outcome.toString());
        assertEquals(Circuit.Phase.CLOSED, phase());
    }

    @Test
    void anUpstreamThatDoesNotAnswerTakesOneLookOfARun() {
        cell.pin(NGINX + ":1.*", REDIS + ":7*");
        registries.list(NGINX, "1.27");
        registries.list(REDIS, "7");
        registries.refusals.put("docker-hub", new Failure(FailureKind.NETWORK, "Timeout", "too slow"));
        assertEquals(List.of("LIST " + NGINX), look());
        assertTrue(outcome.putOff().contains(REDIS + ": the upstream did not answer a moment ago"), outcome.toString());
    }

    private Circuit.Phase phase() {
        return cell.states.of("docker-hub").circuit().phase(cell.clock.instant());
    }
}
