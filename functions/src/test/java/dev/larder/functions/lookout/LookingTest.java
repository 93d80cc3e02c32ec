package dev.larder.functions.lookout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.larder.config.Budget;
import dev.larder.config.Registry;
import dev.larder.config.Substitute;
import dev.larder.config.Upstream;
import dev.larder.domain.upstream.Circuit;
import dev.larder.domain.upstream.Failure;
import dev.larder.domain.upstream.FailureKind;
import dev.larder.domain.upstream.KnownTags;
import dev.larder.domain.upstream.ReportedLimit;
import dev.larder.domain.warming.Sightings;
import dev.larder.events.WarmOrder;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import dev.larder.functions.bus.RecordingBus;
import dev.larder.functions.planning.DynamoDbSightings;
import dev.larder.functions.planning.PlanningCell;
import dev.larder.functions.planning.UpstreamLooks;
import dev.larder.functions.table.StoredManifest;
import dev.larder.functions.table.TagMoves;
import dev.larder.functions.upstream.DynamoDbUnfinishedLists;
import dev.larder.functions.upstream.DynamoDbUpstreamTags;
import dev.larder.functions.upstream.InMemoryRuleChecks;
import dev.larder.functions.upstream.UpstreamHealth;
import dev.larder.functions.warm.Upstreams;
import dev.larder.testevents.TestEvents;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the lookout asks upstreams, and keeps, with its real adapters. */
class LookingTest {
    private static final Instant NOON = PlanningCell.NOON;
    private static final String NGINX = "docker-hub/library/nginx";
    private static final String REDIS = "docker-hub/library/redis";
    private static final String TOOL = "quay/team/tool";

    private final PlanningCell cell = new PlanningCell();
    private final ListedUpstreams registries = new ListedUpstreams();
    private Looking.Outcome outcome = new Looking.Outcome(0, 0, List.of());

    @AfterEach
    void close() {
        cell.close();
    }

    @Test
    void aListIsReadWhenItIsDueAndAskedForByItsVersionTheNextTime() {
        cell.pin(NGINX + ":1.*");
        registries.list(NGINX, "1.26", "1.27");
        assertEquals(List.of("LIST " + NGINX), look());
        assertEquals(List.of(), look(), "it was just read");
        assertEquals(2, cell.planned().size(), "the planner knows the tags");

        cell.clock.advance(Duration.ofDays(4));
        String version = known(NGINX).version().orElseThrow();
        assertEquals(List.of("LIST " + NGINX + " unless " + version), look());
        assertEquals(Optional.of(cell.clock.instant()), known(NGINX).listedAt());
        assertEquals(List.of(), look());
    }

    @Test
    void theAnswerSaysWhatWasReadAndWhatWasPutOff() {
        cell.pin(NGINX + ":1.*", REDIS + ":7*");
        registries.list(NGINX, "1.27");
        assertEquals(Map.of("lists", 1, "tags", 0, "putOff", 1), answer());
    }

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
        assertEquals(List.of("LIST " + NGINX, "LIST " + REDIS, "LIST " + TOOL), look());
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
    void theLimitThatAnUpstreamReportsIsKept() {
        cell.pin(NGINX + ":1.*");
        registries.list(NGINX, "1.27");
        registries.limit = Optional.of(new ReportedLimit(100, 60, Duration.ofHours(6)));
        look();
        assertEquals(10, cell.left("docker-hub"), "60 are left, and 50 are the users'");
    }

    @Test
    void withoutBudgetNothingIsAskedAndItIsSaid() {
        both();
        cell.pin(TOOL + ":v*", "quay/team/other:v*", NGINX + ":1.*");
        registries.list(TOOL, "v1");
        registries.list("quay/team/other", "v1");
        registries.list(NGINX, "1.27");
        assertEquals(List.of("LIST " + NGINX, "LIST quay/team/other"), look(), "1 request of 1");
        assertEquals(List.of(TOOL + ", the list of tags: the budget is spent"), outcome.putOff());
        cell.clock.advance(Duration.ofHours(7));
        assertEquals(
                List.of("LIST " + TOOL),
                look().stream().filter(asked -> asked.contains("quay")).toList());
    }

    @Test
    void aListIsReadPageByPageAsTheBudgetAllows() {
        both();
        cell.pin(TOOL + ":v*");
        registries.list(TOOL, "v1", "v2", "v3");
        registries.pages = 3;
        assertEquals(List.of("LIST " + TOOL), look());
        assertEquals(
                List.of(
                        TOOL + ", the list of tags: the budget is spent",
                        TOOL + ", the list of tags: the next run goes on after 1 pages"),
                outcome.putOff());
        assertEquals(List.of(), look(), "nothing is owed, and nothing is left");
        assertEquals(Set.of(), known(TOOL).tags().keySet(), "half a list says nothing of what is gone");
        cell.clock.advance(Duration.ofHours(7));
        assertEquals(List.of("LIST " + TOOL + " from page 2"), look());
        cell.clock.advance(Duration.ofHours(7));
        assertEquals(List.of("LIST " + TOOL + " from page 3"), look());
        assertEquals(3, known(TOOL).tags().size());
        cell.clock.advance(Duration.ofHours(7));
        assertEquals(List.of("LIST " + TOOL), look(), "it is read from its beginning again");
    }

    @Test
    void aLongListHasItsTurnAndGoesOnInTheNextRun() {
        cell.pin(NGINX + ":1.*", REDIS + ":7*");
        registries.list(NGINX, "1.25", "1.26", "1.27", "1.28");
        registries.list(REDIS, "7.1", "7.2", "7.3", "7.4");
        registries.pages = 4;
        registries.beforeArrival = () -> cell.clock.advance(Duration.ofSeconds(15));
        assertEquals(
                List.of(
                        "LIST " + NGINX,
                        "LIST " + NGINX + " from page 2",
                        "LIST " + REDIS,
                        "LIST " + REDIS + " from page 2"),
                look());
        assertEquals(4, look().size());
        assertEquals(4, known(NGINX).tags().size());
        assertEquals(4, known(REDIS).tags().size());
    }

    @Test
    void aListThatIsRefusedInTheMiddleGoesOnWhereItWas() {
        cell.pin(NGINX + ":1.*");
        registries.list(NGINX, "1.25", "1.26", "1.27");
        registries.pages = 3;
        registries.beforeArrival = () -> {
            if (registries.asked.size() == 2) {
                registries.refusals.put("docker-hub", new Failure(FailureKind.NETWORK, "Timeout", "too slow"));
            }
        };
        assertEquals(2, look().size());
        registries.beforeArrival = () -> {};
        registries.refusals.clear();
        assertEquals(List.of("LIST " + NGINX + " from page 2", "LIST " + NGINX + " from page 3"), look());
        assertEquals(3, known(NGINX).tags().size());
    }

    @Test
    void aPlaceThatTheUpstreamHasForgottenIsTheBeginningAgain() {
        both();
        cell.pin(TOOL + ":v*");
        registries.list(TOOL, "v1", "v2", "v3");
        registries.pages = 3;
        look();
        cell.clock.advance(Duration.ofHours(7));
        registries.refusals.put("quay", new Failure(FailureKind.NOT_FOUND, "Http404", "no such page"));
        assertEquals(1, look().size());
        registries.refusals.clear();
        cell.clock.advance(Duration.ofHours(7));
        assertEquals(List.of("LIST " + TOOL), look());
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

    @Test
    void aListThatAlwaysHangsKeepsNoOtherFromBeingRead() {
        String[] lists = {NGINX, REDIS, "docker-hub/library/apache", "docker-hub/library/zsh"};
        cell.pin(NGINX + ":1*", REDIS + ":1*", lists[2] + ":1*", lists[3] + ":1*");
        for (String list : lists) {
            registries.list(list, "1");
        }
        Failure hangs = new Failure(FailureKind.NETWORK, "Timeout", "too slow");
        Set<String> read = new HashSet<>();
        for (int run = 0; run < 12; run++) {
            registries.beforeArrival = () -> {
                boolean slow = registries.asked.getLast().contains("apache")
                        || registries.asked.getLast().contains("nginx");
                registries.refusals.clear();
                if (slow) {
                    registries.refusals.put("docker-hub", hangs);
                }
            };
            look();
            cell.clock.advance(Duration.ofMinutes(15));
        }
        for (String list : lists) {
            if (!known(list).tags().isEmpty()) {
                read.add(list);
            }
        }
        assertEquals(Set.of(REDIS, lists[3]), read);
    }

    @Test
    void newTagsAreLookedForEverySixHoursWhereTheFileWantsThem() {
        cell.pin(NGINX + ":1.*");
        registries.list(NGINX, "1.26");
        look();
        registries.list(NGINX, "1.26", "1.27");
        cell.clock.advance(Duration.ofHours(5));
        assertEquals(List.of(), look());
        cell.clock.advance(Duration.ofHours(1));
        assertEquals(1, look().size());
        assertEquals(2, known(NGINX).tags().size());
    }

    @Test
    void whenOneTagOfAnImageMovedTheOthersAreLookedAtOnce() {
        Digest before = PlanningCell.digest("before");
        Digest after = PlanningCell.digest("after");
        for (String tag : List.of("alpine", "stable-alpine", "other")) {
            cell.images.imported(
                    PlanningCell.tagged(NGINX + ":" + tag),
                    tag.equals("other") ? PlanningCell.digest("other") : before,
                    NOON.minus(Duration.ofHours(10)));
        }
        cell.daily(6, NGINX + ":alpine", NGINX + ":stable-alpine", NGINX + ":other");
        cell.pulled(NGINX + ":stable-alpine", NOON.minusSeconds(60));
        assertEquals(List.of(), look());
        new TagMoves(cell.images).to(PlanningCell.tagged(NGINX + ":alpine"), after, NOON.minus(Duration.ofHours(1)));
        cell.images.describe(new StoredManifest(
                new Digested(new RepositoryName(NGINX), after),
                Optional.of("application/vnd.oci.image.manifest.v1+json"),
                Set.of(),
                Set.of(),
                OptionalLong.of(1),
                Optional.empty()));
        registries.digests.put(NGINX + ":stable-alpine", after);
        assertEquals(List.of("HEAD " + NGINX + ":stable-alpine"), look());
        assertEquals(
                Optional.of(after),
                sightings(NGINX).since(new Tag("stable-alpine"), Optional.of(NOON.minus(Duration.ofHours(10)))));
        assertEquals(List.of(), look());
        assertTrue(
                cell.plan().stream()
                        .anyMatch(
                                order -> order.image().toString().equals(NGINX + ":stable-alpine") && order.refresh()),
                "the planner knows that it moved");
        cell.images.warmed(
                PlanningCell.tagged(NGINX + ":stable-alpine"),
                Optional.of("no other tag leads there"),
                cell.clock.instant());
        cell.clock.advance(Duration.ofMinutes(30));
        assertTrue(cell.plan().stream().noneMatch(WarmOrder::refresh), "it is not tried at each plan");
    }

    @Test
    void aDigestIsSoughtAmongTheNewestTwentyTagsInEachRun() {
        Digest sought = PlanningCell.digest("sought");
        cell.pin(NGINX + "@" + sought);
        String[] tags =
                IntStream.range(0, 50).mapToObj(minor -> "1." + minor + ".0").toArray(String[]::new);
        registries.list(NGINX, tags);
        for (String tag : tags) {
            registries.digests.put(NGINX + ":" + tag, PlanningCell.digest(tag));
        }
        registries.digests.put(NGINX + ":1.15.0", sought);
        look();
        List<String> first = look();
        assertEquals(20, first.size());
        assertTrue(
                first.contains("HEAD " + NGINX + ":1.49.0") && first.contains("HEAD " + NGINX + ":1.30.0"), first + "");
        List<String> second = look();
        assertEquals(20, second.size());
        assertTrue(second.contains("HEAD " + NGINX + ":1.29.0") && second.contains("HEAD " + NGINX + ":1.10.0"));
        assertEquals(List.of(), look(), "it was found");
    }

    @Test
    void aHundredThousandTagsAreKeptAndNoPlanHasToReadThem() {
        cell.pin(NGINX + ":9.99999");
        cell.daily(6, NGINX + ":1.0.0");
        cell.pulled(NGINX + ":1.0.0", NOON.minusSeconds(60));
        registries.list(
                NGINX, IntStream.range(0, 100_000).mapToObj(i -> "1.0." + i).toArray(String[]::new));
        assertEquals(List.of("LIST " + NGINX), look());
        assertEquals(100_000, known(NGINX).tags().size());
        assertEquals(0, sightings(NGINX).news().tags().size(), "nobody knows how old those of the first list are");
        cell.clock.advance(Duration.ofDays(14));
        registries.list(
                NGINX, IntStream.range(0, 100_001).mapToObj(i -> "1.0." + i).toArray(String[]::new));
        look();
        assertEquals(List.of("1.0.100000"), news(NGINX));
    }

    @Test
    void whatNewTagsPointAtIsLookedAtOnce() {
        cell.daily(6, NGINX + ":1.27.3");
        cell.pulled(NGINX + ":1.27.3", NOON.minusSeconds(60));
        cell.cached(NGINX + ":1.27.3", NOON);
        cell.listed(NGINX, "1.27.2", "1.27.3");
        cell.clock.advance(Duration.ofMinutes(5));
        cell.came(NGINX, "1.27.4");
        registries.digests.put(NGINX + ":1.27.4", PlanningCell.digest("four"));
        assertEquals(List.of("HEAD " + NGINX + ":1.27.4"), look());
        assertEquals(List.of(), look());
    }

    @Test
    void whatNewTagsPointAtIsLookedAtOnceWhereItCostsLess() {
        cell.upstreams = List.of(
                PlanningCell.hub(Optional.empty()),
                new Upstream(
                        "ecr-public",
                        Registry.ECR_PUBLIC,
                        "public.ecr.aws",
                        Optional.empty(),
                        List.of(),
                        Optional.empty()));
        cell.tells(List.of(), List.of(new Substitute("docker-hub/library/*", "ecr-public/docker/library/*")));
        cell.daily(6, NGINX + ":1.27.3");
        cell.pulled(NGINX + ":1.27.3", NOON.minusSeconds(60));
        cell.cached(NGINX + ":1.27.3", NOON);
        String cheaper = "ecr-public/docker/library/nginx";
        registries.list(cheaper, "1.27.2", "1.27.3");
        assertEquals(List.of("LIST " + cheaper), look());
        cell.clock.advance(Duration.ofMinutes(5));
        cell.came(cheaper, "1.27.4");
        registries.digests.put(NGINX + ":1.27.4", PlanningCell.digest("four"));
        registries.digests.put(cheaper + ":1.27.4", PlanningCell.digest("four"));
        assertEquals(List.of("HEAD " + cheaper + ":1.27.4"), look());
        assertEquals(List.of(), look());
    }

    @Test
    void whatTakesTooLongIsLeftForTheNextRun() {
        cell.pin(NGINX + ":1.*", REDIS + ":7*", "docker-hub/library/postgres:17*");
        registries.list(NGINX, "1.27");
        registries.list(REDIS, "7");
        registries.list("docker-hub/library/postgres", "17");
        registries.beforeArrival = () -> cell.clock.advance(Duration.ofMinutes(2));
        assertEquals(2, look().size());
        assertEquals(List.of(REDIS + ": no time was left"), outcome.putOff());
        assertEquals(List.of("LIST " + REDIS), look());
    }

    @Test
    void whatTheAllowListDoesNotHaveIsNotAskedFor() {
        cell.pin("docker-hub/someone/tool:1*", "elsewhere/tool:1*");
        assertEquals(List.of(), look());
    }

    /** Docker Hub without a limit, and Quay with one request in 6 hours to be spent at once. */
    private void both() {
        cell.upstreams = List.of(
                PlanningCell.hub(Optional.empty()),
                new Upstream(
                        "quay",
                        Registry.QUAY,
                        "quay.io",
                        Optional.empty(),
                        List.of(),
                        Optional.of(new Budget(4, Duration.ofHours(6), 50, Budget.Counts.REQUESTS))));
    }

    private List<String> look() {
        answer();
        return new ArrayList<>(registries.asked);
    }

    private Map<String, Object> answer() {
        registries.asked.clear();
        Upstreams upstreams = new Upstreams(cell.upstreams);
        DynamoDbUpstreamTags tags = new DynamoDbUpstreamTags(cell.local.table(), cell.clock);
        Looking looking = new Looking(
                upstreams,
                new UpstreamLooks(upstreams, cell.warm, cell.ports(), tags),
                registries,
                cell.states,
                tags,
                new DynamoDbUnfinishedLists(cell.local.table(), cell.clock),
                new DynamoDbSightings(cell.local.table(), cell.clock),
                cell.clock);
        UpstreamLookout lookout = new UpstreamLookout(
                new RuleValidation(List.of(), prefix -> Optional.empty(), new InMemoryRuleChecks(), new RecordingBus()),
                () -> {
                    outcome = looking.look();
                    return outcome;
                },
                cell.clock);
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        try {
            lookout.handleRequest(
                    new ByteArrayInputStream(
                            TestEvents.json("scheduler/look-upstream.json").getBytes(StandardCharsets.UTF_8)),
                    output,
                    null);
            return JSON.std.mapFrom(output.toString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private KnownTags known(String repository) {
        return new DynamoDbUpstreamTags(cell.local.table(), cell.clock).of(new RepositoryName(repository));
    }

    private Sightings sightings(String repository) {
        return new DynamoDbSightings(cell.local.table(), cell.clock)
                .of("docker-hub")
                .get(new RepositoryName(repository));
    }

    private List<String> news(String repository) {
        return sightings(repository).news().tags().stream()
                .map(tag -> tag.version().tag().value())
                .toList();
    }

    private Circuit.Phase phase() {
        return cell.states.of("docker-hub").circuit().phase(cell.clock.instant());
    }

    @Test
    void aListThatTurnsOutEndlessInALaterRunIsNotBegunAgainAtOnce() {
        cell.pin(NGINX + ":1.*");
        registries.list(NGINX, "1.25", "1.26", "1.27");
        registries.pages = 3;
        registries.beforeArrival = () -> cell.clock.advance(Duration.ofSeconds(31));
        assertEquals(List.of("LIST " + NGINX), look());
        registries.refusals.put("docker-hub", new Failure(FailureKind.BAD_ANSWER, "EndlessTagList", "no new tag"));
        assertEquals(List.of("LIST " + NGINX + " from page 2"), look());
        registries.refusals.clear();
        cell.clock.advance(Duration.ofMinutes(15));
        assertEquals(List.of(), look());
        cell.clock.advance(Duration.ofHours(7));
        assertEquals(List.of("LIST " + NGINX), look());
    }
}
