package dev.larder.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.domain.image.Glob;
import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.lifecycle.KeptGroups;
import dev.larder.functions.lifecycle.Run;
import dev.larder.functions.objections.DynamoDbUpstreamAnswers;
import dev.larder.functions.objections.UpstreamAnswers;
import dev.larder.functions.sweep.EvictionSwitch;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecr.model.RepositoryCreationTemplate;

/** What {@code larder plan lifecycle} says, from ECR and the real record, by the sweep's own code. */
class PlanLifecycleTest extends LifecycleCell {
    @Test
    void whatGoesWhatWaitsAndWhatIsSparedIsToldToPrograms() throws IOException {
        List<Map<String, Object>> lines = json(ALL);

        assertEquals(
                List.of(
                        "spared quay/app/web 2 pulled until 2026-12-20T10:20:00Z",
                        "spared quay/app/web 3 protected until null",
                        "evict quay/app/web 1 not pulled **",
                        "evict quay/app/api 4 not pulled quay/app/api",
                        "evict quay/team/tool 6 quota quay/team/**",
                        "later quay/app/api 5 a run takes at most 50 % of a repository: 1 of 2"),
                lines.stream().flatMap(LifecycleCell::summary).sorted(BY_KIND).toList());
        Map<String, Object> total = kind("total", lines);
        assertEquals(3, total.get("images"));
        assertEquals(6 * GB, ((Number) total.get("bytes")).longValue());
        assertEquals(Map.of("pulled", 1, "protected", 1), total.get("spared"));
        assertEquals(
                Map.of(
                        "dollarsPerMonth", 1.2,
                        "archiveDollarsPerMonth", 0.6,
                        "archiveDollarsAtLeast", 1.8,
                        "restoreDollars", 0.18,
                        "refetchRequests", 3,
                        "refetchDollars", 0.0),
                total.get("money"));
        assertEquals(0, ((Number) kind("quota", lines).get("after")).longValue());
        assertTrue(
                String.valueOf(lines.stream()
                                .filter(line ->
                                        String.valueOf(line.get("image")).endsWith("1".repeat(64)))
                                .findFirst()
                                .orElseThrow()
                                .get("evidence"))
                        .contains("rule **: not pulled for 30 d"),
                lines::toString);
    }

    @Test
    void peopleReadTheSameInGroups() {
        assertEquals("""
                would go in a run now: 3 images, 6.0 GiB (nothing is deleted by looking)
                a run: enforced; at most 100 images, 931.3 GiB, 50% of a repository, 60% of the cell

                not pulled, rule **: 1 image, 1.0 GiB
                  quay/app/web: 1 image, 1.0 GiB
                    quay/app/web@111111111111 (old)  1.0 GiB, last used 2026-08-26T10:20:00Z (90 d ago)
                        rule **: not pulled for 30 d; EVIDENCE

                not pulled, rule quay/app/api: 1 image, 2.0 GiB
                  quay/app/api: 1 image, 2.0 GiB
                    quay/app/api@444444444444 (a)  2.0 GiB, last used 2026-09-05T10:20:00Z (80 d ago)
                        rule quay/app/api: not pulled for 60 d; EVIDENCE

                quota quay/team/**: 1 image, 3.0 GiB
                  quay/team/tool: 1 image, 3.0 GiB
                    quay/team/tool@666666666666 (1)  3.0 GiB, last used 2026-11-04T10:20:00Z (20 d ago)
                        rule quay/team/**: quota for 2 d; EVIDENCE

                left for later runs: 1 image, 2.0 GiB
                IMAGE                          IMAGES    BYTES  REASON      RULE          BECAUSE
                quay/app/api@555555555555 (b)       1  2.0 GiB  not pulled  quay/app/api  a run takes at most 50 % of a repository: 1 of 2

                spared by guards: 2 images; --all shows each
                GUARD      IMAGES
                protected       1
                pulled          1

                QUOTA          CACHED  ALLOWED  AFTER THE RUN
                quay/team/**  3.0 GiB  1.0 GiB            0 B

                money (list prices of 2026-03-22 where the file names none; layers that images share are counted for each):
                  saved by letting go:  $1.20 a month
                  in ECR's archive:     $0.60 a month, at least $1.80 for its 90 days, and $0.18 to restore all of it
                  to fetch all again:   3 requests that upstreams may count, $0.00 to bring it in

                cached in all: 6 images, 10.0 GiB
                note: asked right before an image goes, and not here: whether its upstream still has it, whether ECR replicates it or counts it in use
                """, EVIDENCE.matcher(text(ALL, false)).replaceAll("EVIDENCE"));
    }

    @Test
    void eachSparedImageIsShownOnDemand() {
        String text = text(ALL, true);
        assertTrue(text.startsWith("""
                        spared:
                          quay/app/web@222222222222 (new)  pulled: pulled at 2026-11-20T10:20:00Z, less than 30 d ago; until 2026-12-20T10:20:00Z (in 26 d)
                          quay/app/web@333333333333 (prod-1)  protected: quay/app/web:prod-1 matches **:prod-*

                        would go in a run now: 3 images, 6.0 GiB"""), text);
    }

    @Test
    void onlyARuleOrARepositoryIsShownAndTheLimitsAreStillThoseOfTheCell() throws IOException {
        assertEquals(
                List.of("evict quay/team/tool 6 quota quay/team/**"),
                summaries(new LifecyclePlanReading.Choice(Optional.of("quay/team/**"), Optional.empty())));
        assertEquals(
                List.of(
                        "evict quay/app/api 4 not pulled quay/app/api",
                        "later quay/app/api 5 a run takes at most 50 % of a repository: 1 of 2"),
                summaries(new LifecyclePlanReading.Choice(Optional.empty(), Optional.of(new Glob("quay/*/api")))));
    }

    @Test
    void valuesWithCommasAreQuotedAndWhatIsSparedIsInTheTable() {
        List<String> lines = csv().toList();
        assertEquals(7, lines.size());
        assertEquals(
                "kind,repository,image,tags,images,bytes,lastUse,reason,rule,guard,because,until,evidence",
                lines.getFirst());
        assertTrue(
                lines.get(1)
                        .startsWith(
                                "spared,quay/app/web,quay/app/web@sha256:" + "2".repeat(64)
                                        + ",new,1,1073741824,,,**,pulled,\"pulled at 2026-11-20T10:20:00Z, less than 30 d ago\""),
                lines.get(1));
    }

    @Test
    void whatASweepFoundGoneAtItsUpstreamLatelyIsSpared() throws IOException {
        UpstreamAnswers answers = new DynamoDbUpstreamAnswers(cell.table());
        Digest web = new Digest("sha256:" + "1".repeat(64));
        Digest tool = new Digest("sha256:" + "6".repeat(64));
        answers.keep(new RepositoryName("quay/app/web"), Map.of(web, new UpstreamAnswers.Answer(false, at("-PT48H"))));
        answers.keep(
                new RepositoryName("quay/team/tool"), Map.of(tool, new UpstreamAnswers.Answer(false, at("-PT48H"))));
        List<String> lines = summaries(ALL);
        assertTrue(lines.contains("spared quay/app/web 1 gone upstream until null"), lines::toString);
        assertTrue(lines.stream().noneMatch(line -> line.startsWith("evict quay/team/tool")), lines::toString);
        answers.keep(new RepositoryName("quay/app/web"), Map.of(web, new UpstreamAnswers.Answer(false, at("-P8D"))));
        assertTrue(summaries(ALL).contains("evict quay/app/web 1 not pulled **"), "a sweep would ask again");
    }

    @Test
    void whatStayedInAnEarlierSweepComesBehindTheOthersAsInTheNextOne() throws IOException {
        new KeptGroups(cell.table())
                .keep(
                        new RepositoryName("quay/app/api"),
                        Map.of(
                                new KeptGroups.Name(new Digest("sha256:" + "4".repeat(64)), Optional.empty()),
                                new KeptGroups.Kept("in use", "last", at("-PT1H"))));
        new KeptGroups(cell.table())
                .keep(
                        new RepositoryName("quay/app/web"),
                        Map.of(
                                new KeptGroups.Name(new Digest("sha256:" + "1".repeat(64)), Optional.empty()),
                                new KeptGroups.Kept("in use", "last", at("-PT1H"))));
        List<String> lines = summaries(ALL);
        assertTrue(lines.contains("evict quay/app/api 5 not pulled quay/app/api"), lines::toString);
        assertTrue(
                lines.contains("later quay/app/api 4 a run takes at most 50 % of a repository: 1 of 2"),
                lines::toString);
        String text = text(ALL, false);
        assertTrue(text.contains("note: 1 of the images that would go stayed in an earlier run, "), text);
    }

    @Test
    void whatIsNotListedSinceARunLooksAtNoMoreIsCounted() throws Exception {
        close();
        open(CONFIG.replace("images: 100", "images: 1"));
        for (String digit : List.of("8", "9", "a", "b")) {
            cell.ecr.manifest("quay/app/web", digit, at("-P90D"), GB, "t" + digit);
        }
        String text = text(ALL, false);
        assertTrue(text.contains("note: 3 more images may go and are not listed: of one repository"), text);
    }

    @Test
    void nothingGoesWhileARecordIsUncheckedAndThePlanSaysWhy() throws IOException {
        cell.state().waiting(0, at("-PT14H"));
        String why = "the dead letters of pulls were last counted at 2026-11-23T20:20:00Z, more than 13 hours ago;"
                + " UsageKeeper does that every 6 hours, and logs why it cannot";
        assertEquals(0, kind("total", json(ALL)).get("images"));
        String text = text(ALL, true);
        assertTrue(text.contains("note: nothing can go: " + why), text);
        assertTrue(text.contains("record too young: nobody can say since when every pull is recorded: " + why), text);
        String explained = explained("quay/app/web:old");
        assertTrue(explained.contains("nobody can say since when every pull is recorded: " + why), explained);
    }

    @Test
    void aPlanThatIsLookedAtChangesNothing() {
        Set<Object> before = everything();
        text(ALL, true);
        new ExplainReading(cell.operated).of("quay/app/web:old");
        assertEquals(before, everything());
    }

    @Test
    void anIndexThatNoSweepHasReadIsNotFetchedAndCountsAsKept() throws IOException {
        cell.ecr.index("quay/app/web", "8", at("-P90D"), "multi");
        List<Map<String, Object>> lines = json(ALL);
        assertTrue(
                lines.stream()
                        .flatMap(LifecycleCell::summary)
                        .toList()
                        .contains("spared quay/app/web 8 unknown until null"),
                lines::toString);
        assertTrue(
                lines.stream()
                        .anyMatch(line ->
                                String.valueOf(line.get("note")).startsWith("1 index was not read by any sweep yet")),
                lines::toString);
    }

    @Test
    void aRepositoryOfWhichEcrSaysWhatNobodyUnderstandsIsLeftOutAndTold() throws IOException {
        cell.ecr.manifest("quay/app/odd", "8", at("-P90D"), GB, "no tag");

        assertEquals(
                1,
                json(ALL).stream()
                        .filter(line -> "quay/app/odd".equals(line.get("repository")) && line.containsKey("because"))
                        .count());
        assertTrue(text(ALL, false).contains("quay/app/odd could not be read: "));
    }

    @Test
    void theRunsAreListedWithPhaseAndMode() {
        assertEquals(
                """
                RUN   STARTED                         PHASE  MODE      IMAGES                  BYTES  STOPPED
                last  2026-11-24T09:20:00Z (1 h ago)  done   enforced  evicted 3, pulled 12  1.0 GiB  a limit
                """,
                RecordedCell.printed(
                        out -> RunsCommand.print(cell.operated.runs().all().toList(), new Formats(), NOW, out)));
    }

    @Test
    void whatARepositoryHasOtherwiseThanItsTemplateWantsIsTold() throws IOException {
        cell.ecr.templates.add(RepositoryCreationTemplate.builder()
                .prefix("quay/team")
                .appliedForWithStrings("PULL_THROUGH_CACHE")
                .resourceTags(List.of(software.amazon.awssdk.services.ecr.model.Tag.builder()
                        .key("owner")
                        .value("platform")
                        .build()))
                .build());
        Map<String, Object> drift = kind("drift", json(ALL));
        assertEquals("quay/team/tool", drift.get("repository"));
        assertEquals("to be repaired", drift.get("outcome"));
        assertTrue(text(ALL, false).contains("drift: 1 setting is not as the file wants them"), () -> text(ALL, false));
        List<String> rows = csv().filter(row -> row.startsWith("drift,")).toList();
        assertEquals(1, rows.size());
        assertTrue(
                rows.getFirst().startsWith("drift,quay/team/tool,,,,,,,,,\"tags: found nothing, wanted "),
                rows::toString);
    }

    @Test
    void whileTheSwitchIsOffAPolicyThatExpiresIsToldAsWithheld() throws IOException {
        cell.ecr.templates.add(RepositoryCreationTemplate.builder()
                .prefix("quay/team")
                .appliedForWithStrings("PULL_THROUGH_CACHE")
                .lifecyclePolicy("{\"rules\":[{\"rulePriority\":1,\"description\":\"larder: any\",\"selection\":"
                        + "{\"tagStatus\":\"any\",\"countType\":\"imageCountMoreThan\",\"countNumber\":900},"
                        + "\"action\":{\"type\":\"expire\"}}]}")
                .build());
        assertEquals("to be repaired", kind("drift", json(ALL)).get("outcome"));
        cell.operated.killSwitch().turn(new EvictionSwitch.State(true, "ann", "an outage", NOW));
        assertEquals(
                "withheld, as evictions are switched off: the switch is off since 2026-11-24T10:20:00Z, by ann: an"
                        + " outage",
                kind("drift", json(ALL)).get("outcome"));
    }

    @Test
    void theSwitchAndATenthOfTheLimitsAreTold() {
        cell.operated.killSwitch().turn(new EvictionSwitch.State(true, "ann", "an outage", NOW));
        ended("later", "2");
        Run later = Run.begun("newest", at("-PT1M"), true, "3", "s1", false);
        cell.operated.runs().begin(later);
        String text = text(ALL, false);
        assertTrue(text.contains("a run: enforced, a tenth of the limits; at most 10 images, "), text);
        assertTrue(
                text.contains(
                        "nothing would be deleted: the switch is off since 2026-11-24T10:20:00Z, by ann: an outage"),
                text);
    }
}
