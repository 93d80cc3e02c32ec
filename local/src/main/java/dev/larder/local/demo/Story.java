package dev.larder.local.demo;

import static dev.larder.local.demo.DemoFailedException.unless;

import dev.larder.domain.usage.ImageDay;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.functions.lifecycle.Run;
import dev.larder.functions.lifecycle.RunLine;
import dev.larder.functions.table.TaggedImage;
import dev.larder.functions.usage.UsageHistory;
import dev.larder.local.fixture.FixtureImage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The steps of the demo, in order. Each is told, done and checked. */
final class Story {
    private static final int MOST_SWEEPS = 5;
    private static final int MONTH = 31;

    private static final String WEB = "mirror/library/web";
    private static final String TOOL = "mirror/acme/tool";
    private static final String DB = "mirror/library/db";
    private static final List<String> TOOL_VERSIONS = List.of("2.1.0", "2.2.0", "2.3.0");

    private final Stage stage;
    private final Teller teller;
    private final Figures figures = new Figures();

    Story(Stage stage, Teller teller) {
        this.stage = stage;
        this.teller = teller;
    }

    /** Plays it. */
    Map<String, Object> play(Path enforced) throws IOException, DemoFailedException {
        publish();
        coldPullAndHit();
        recorded();
        pinnedIsWarm();
        refreshedBeforeADayIsOver();
        aMonthPasses();
        dryRun();
        enforce(enforced);
        undo();
        upstreamDown();
        return figures.all();
    }

    private void publish() {
        teller.step("An upstream registry on this machine has images for linux/amd64 and linux/arm64.");
        stage.upstream().publish("library/web", "1.0", FixtureImage.small(1));
        stage.upstream().publish("library/db", "16.4", FixtureImage.small(2));
        for (String version : TOOL_VERSIONS) {
            stage.upstream().publish("acme/tool", version, FixtureImage.small(version.hashCode()));
        }
        teller.saw("library/web:1.0, library/db:16.4, acme/tool:" + String.join(" ", TOOL_VERSIONS));
    }

    private void coldPullAndHit() throws IOException, DemoFailedException {
        teller.step("Alice pulls " + WEB + ":1.0. Nobody did before, so ECR imports it.");
        int requests = pull("alice", WEB, "1.0").requests();
        unless(requests > 0, "requests to the upstream", requests);
        teller.saw(requests + " requests to the upstream, every layer verified");
        figures.coldPulls(1);

        teller.step("Bob pulls the same: a hit.");
        hit("bob", WEB, "1.0");
        teller.saw("no request to the upstream");
    }

    private void recorded() throws IOException, DemoFailedException {
        teller.step("The tools are pulled once each, and a scanner reads everything. Who pulled what?");
        for (String version : TOOL_VERSIONS) {
            pull("alice", TOOL, version);
            figures.coldPulls(1);
        }
        pull("scanner", WEB, "1.0");
        hit("bob", WEB, "1.0");
        stage.settle();
        UsageHistory usage = stage.usage();
        ImageDay web = today(usage, image(WEB, "1.0"));
        teller.saw(WEB + ":1.0 " + new TreeMap<>(web.by()));
        unless(
                web.by()
                        .equals(Map.of(
                                "arn:aws:iam::111122223333:user/alice", 1L, "arn:aws:iam::111122223333:user/bob", 2L)),
                "one pull of alice's and two of bob's, and none of the scanner's",
                web);
        unless(web.platforms().equals(Map.of("linux/amd64", 3L)), "three pulls for linux/amd64", web);
        unless(web.cold() == 1 && web.stale() == 0 && web.failures() == 0, "one cold pull on record, and hits", web);
        teller.saw("the scanner is excluded; " + marks(web));
        for (String version : TOOL_VERSIONS) {
            ImageDay tool = today(usage, image(TOOL, version));
            unless(tool.pulls() == 1 && tool.cold() == 1, "one pull of " + TOOL + ":" + version + ", cold", tool);
        }
    }

    private void pinnedIsWarm() throws IOException, DemoFailedException {
        teller.step("The file pins " + DB + ":16.4. Three hours later it is warm, and nobody has pulled it yet.");
        stage.advance(Duration.ofHours(3));
        stage.settle();
        unless(record(image(DB, "16.4")).warmedAt().isPresent(), DB + ":16.4 to be warm", record(image(DB, "16.4")));
        hit("bob", DB, "16.4");
        stage.settle();
        ImageDay db = today(stage.usage(), image(DB, "16.4"));
        unless(db.pulls() == 1 && db.cold() == 0, "one pull of " + DB + ", a hit", db);
        teller.saw("its first pull made no request to the upstream: " + marks(db));
        figures.warmed(1);
    }

    private void refreshedBeforeADayIsOver() throws IOException, DemoFailedException {
        teller.step("The tag " + WEB + ":1.0 moves upstream. ECR looks again after 24 hours, on a pull: on Larder's.");
        Digest before = record(image(WEB, "1.0")).digest().orElseThrow();
        Digest after = stage.upstream().publish("library/web", "1.0", FixtureImage.small(100));
        stage.advance(Duration.ofHours(22));
        stage.settle();
        Pull pull = hit("alice", WEB, "1.0");
        unless(pull.digest().equals(after), "the new digest " + after, pull.digest());
        teller.saw(short12(before) + " -> " + short12(after) + ", and the pull made no request to the upstream");
        figures.warmed(1);
    }

    private void aMonthPasses() throws IOException, DemoFailedException {
        teller.step("31 days pass. The web image is pulled every day; the tools are forgotten.");
        LocalDate first = today().plusDays(1);
        for (int day = 0; day < MONTH; day++) {
            stage.advance(Duration.ofDays(1));
            stage.settle();
            hit("bob", WEB, "1.0");
        }
        stage.settle();
        Collection<ImageDay> web =
                stage.usage().of(image(WEB, "1.0"), first, today()).values();
        unless(web.size() == MONTH && web.stream().allMatch(day -> day.pulls() == 1), "31 days with a pull", web);
        unless(web.stream().allMatch(day -> day.cold() == 0), "every one of them a hit", web);
        teller.saw("it is " + stage.now() + " now; every one of those pulls was warm");
    }

    private void dryRun() throws IOException, DemoFailedException {
        teller.step("What would go? A dry run, with a reason for each image.");
        stage.advance(Duration.ofDays(1));
        stage.settle();
        Run run = stage.runs().last().orElseThrow();
        List<RunLine> lines = stage.runs().lines(run.id()).toList();
        Plan plan = new Plan(lines);
        teller.saw(plan.told());
        unless(!run.enforce(), "a dry run", run);
        unless(
                plan.tags(RunLine.Outcome.EVICT, TOOL).equals(List.of("2.1.0", "2.2.0")),
                "the two older tools to go, and the newest of the family to stay",
                plan.tags(RunLine.Outcome.EVICT, TOOL));
        unless(plan.tags(RunLine.Outcome.EVICT, DB).isEmpty(), "the pin to stay", plan.told());
        unless(!plan.tags(RunLine.Outcome.EVICT, WEB).contains("1.0"), "what is pulled to stay", plan.told());
        unless(tagsInEcr(TOOL).size() == TOOL_VERSIONS.size(), "nothing deleted yet", tagsInEcr(TOOL));
    }

    private void enforce(Path enforced) throws IOException, DemoFailedException {
        teller.step(
                "lifecycle.enforce becomes true, and the stacks are deployed again. The first sweep in which something goes"
                        + " has a tenth of its limits; the days after, the rest follows.");
        stage.deploy(enforced);
        List<Run> runs = new ArrayList<>(List.of(sweptADayLater()));
        unless(runs.getFirst().enforce() && runs.getFirst().reduced(), "a tenth of the limits", runs.getFirst());
        while (!tagsInEcr(TOOL).equals(List.of("2.3.0")) && runs.size() < MOST_SWEEPS) {
            runs.add(sweptADayLater());
        }
        unless(tagsInEcr(TOOL).equals(List.of("2.3.0")), "only the newest tool in ECR", tagsInEcr(TOOL));
        long bytes = runs.stream().mapToLong(Run::bytes).sum();
        long gone = runs.stream().mapToLong(Story::evicted).sum();
        teller.saw(gone + " manifests gone in " + runs.size() + " sweeps, " + bytes + " bytes; each left a tombstone");
        figures.evicted(gone, bytes);
    }

    private Run sweptADayLater() throws IOException, DemoFailedException {
        stage.advance(Duration.ofDays(1));
        stage.settle();
        return stage.runs().last().orElseThrow();
    }

    private static long evicted(Run run) {
        return run.counts().getOrDefault(RunLine.Outcome.EVICTED.text(), 0L);
    }

    private void undo() throws IOException, DemoFailedException {
        teller.step("Somebody wants the tools back: undo.");
        int orders = 0;
        for (String version : List.of("2.1.0", "2.2.0")) {
            orders += stage.undo().image(image(TOOL, version)).size();
        }
        stage.settle();
        unless(tagsInEcr(TOOL).equals(TOOL_VERSIONS), "all tools in ECR again", tagsInEcr(TOOL));
        hit("alice", TOOL, "2.1.0");
        teller.saw(orders + " images warmed again; the pull of " + TOOL + ":2.1.0 was a hit");
        figures.warmed(orders);
    }

    private void upstreamDown() throws IOException, DemoFailedException {
        teller.step("The upstream goes down, two days pass, and cached images are still served.");
        stage.upstream().switchOff();
        stage.advance(Duration.ofDays(2));
        stage.settle();
        hit("bob", WEB, "1.0");
        hit("alice", DB, "16.4");
        String error = "";
        try {
            pull("bob", WEB, "never-seen");
        } catch (IOException e) {
            error = String.valueOf(e.getMessage());
        }
        unless(!error.isEmpty(), "an error for an image that nobody has", "none");
        teller.saw("two pulls served; an image that was never cached fails with a reason");
        stage.settle();
    }

    private record Pull(Digest digest, int requests) {}

    private Pull pull(String user, String repository, String tag) throws IOException {
        int before = stage.upstream().requests().size();
        try (Client client = stage.client(user)) {
            Client.Pulled pulled = client.pull(repository, tag);
            figures.pulled(pulled.bytes());
            return new Pull(pulled.digest(), stage.upstream().requests().size() - before);
        }
    }

    private Pull hit(String user, String repository, String tag) throws IOException, DemoFailedException {
        Pull pull = pull(user, repository, tag);
        unless(pull.requests() == 0, "a hit for " + repository + ":" + tag, pull.requests() + " requests upstream");
        return pull;
    }

    private TaggedImage record(Tagged image) throws DemoFailedException {
        return stage.images()
                .tagged(image)
                .orElseThrow(() -> new DemoFailedException("expected a record of " + image + ", found none"));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(stage.now(), ZoneOffset.UTC);
    }

    private ImageDay today(UsageHistory usage, Tagged image) {
        return usage.of(image, today(), today()).getOrDefault(today(), ImageDay.NONE);
    }

    /** How ECR served the pulls of a day. */
    private static String marks(ImageDay day) {
        return (day.pulls() - day.cold() - day.stale()) + " from the cache, " + day.cold() + " cold";
    }

    private List<String> tagsInEcr(String repository) {
        return stage.ecr().describeImages(images -> images.repositoryName(repository)).imageDetails().stream()
                .flatMap(image -> image.imageTags().stream())
                .sorted()
                .toList();
    }

    private static Tagged image(String repository, String tag) {
        return (Tagged) ImageReference.parse(repository + ":" + tag);
    }

    private static String short12(Digest digest) {
        return digest.hex().substring(0, 12);
    }
}
