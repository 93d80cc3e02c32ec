package dev.larder.functions.lookout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.config.Budget;
import dev.larder.config.Registry;
import dev.larder.config.Substitute;
import dev.larder.config.Upstream;
import dev.larder.domain.upstream.KnownTags;
import dev.larder.domain.upstream.ReportedLimit;
import dev.larder.events.WarmOrder;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import dev.larder.functions.planning.PlanningCell;
import dev.larder.functions.table.StoredManifest;
import dev.larder.functions.table.TagMoves;
import dev.larder.functions.upstream.DynamoDbUpstreamTags;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the lookout asks upstreams, and keeps. */
class LookingTest extends LookingFixture {
    @Test
    void theAnswerSaysWhatWasReadAndWhatWasPutOff() {
        cell.pin(NGINX + ":1.*", REDIS + ":7*");
        registries.list(NGINX, "1.27");
        assertEquals(Map.of("lists", 1, "tags", 0, "putOff", 1), answer());
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
    void aNewAuthorizationIsPaidAsWell() {
        cell.upstreams =
                List.of(PlanningCell.hub(Optional.of(new Budget(40, Duration.ofHours(6), 50, Budget.Counts.REQUESTS))));
        cell.pin(NGINX + "@" + PlanningCell.digest("sought"));
        look();
        KnownTags known = known(NGINX);
        new DynamoDbUpstreamTags(cell.local.table(), cell.clock)
                .keep(known.looked(new Tag("7"), PlanningCell.digest("old"), NOON.minus(Duration.ofDays(8))));
        registries.digests.put(NGINX + ":7", PlanningCell.digest("another"));
        registries.requests = 2;
        double before = cell.left("docker-hub");
        assertEquals(List.of("HEAD " + NGINX + ":7"), look());
        assertEquals(before - 2, cell.left("docker-hub"));
    }

    @Test
    void aSlowUpstreamsTagsHaveTheirTurnAndNoMore() {
        cell.pin(NGINX + "@" + PlanningCell.digest("sought"), REDIS + "@" + PlanningCell.digest("sought as well"));
        look();
        for (String repository : List.of(NGINX, REDIS)) {
            KnownTags known = known(repository);
            for (int i = 0; i < 20; i++) {
                Tag tag = new Tag("1." + i);
                known = known.looked(tag, PlanningCell.digest("old"), NOON.minus(Duration.ofDays(8)));
                registries.digests.put(repository + ":" + tag, PlanningCell.digest("another"));
            }
            new DynamoDbUpstreamTags(cell.local.table(), cell.clock).keep(known);
        }
        registries.beforeArrival = () -> cell.clock.advance(Duration.ofSeconds(12));
        List<String> asked = look();
        for (String repository : List.of(NGINX, REDIS)) {
            assertEquals(
                    3,
                    asked.stream()
                            .filter(each -> each.startsWith("HEAD " + repository))
                            .count(),
                    "in half a minute of twelve seconds each");
            assertEquals(3, sightings(repository).looked().size(), "what was seen is kept");
        }
        assertTrue(outcome.putOff().getFirst().contains("answers slowly"), outcome.toString());
        assertEquals(6, look().stream().filter(each -> !asked.contains(each)).count(), "the next run goes on");
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
}
