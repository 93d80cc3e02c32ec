package dev.larder.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.larder.config.InvalidConfigException;
import dev.larder.functions.lifecycle.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A recorded cell with images that go, wait and stay, and what the commands say of it. */
abstract class LifecycleCell {
    static final Instant NOW = RecordedCell.NOW;
    static final long GB = 1L << 30;
    static final LifecyclePlanReading.Choice ALL = new LifecyclePlanReading.Choice(Optional.empty(), Optional.empty());
    static final Comparator<String> BY_KIND = Comparator.comparingInt(
            line -> List.of("spared", "evict", "later").indexOf(line.substring(0, line.indexOf(' '))));
    /** Of a line of evidence, what is alike for all. */
    static final Pattern EVIDENCE = Pattern.compile("every pull is recorded since .*");

    static final String CONFIG = """
            name: test
            cells:
              - { account: "111122223333", region: eu-central-1 }
            upstreams:
              quay: { registry: quay, budget: { pulls: 20, per: 6h, counts: manifests } }
            lifecycle:
              enforce: true
              evict:
                notPulledFor: 30d
                keepNewest: 0
                protect: ["**:prod-*"]
                limits: { images: 100, bytes: 1TB, repositoryPercent: 50, cellPercent: 60 }
              rules:
                - { match: quay/app/api, notPulledFor: 60d }
              quotas:
                - { match: "quay/team/**", bytes: 1GiB, notPulledFor: 2d }
            prices: { storage: 0.20 }
            """;

    @TempDir
    Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init")
    RecordedCell cell;

    @BeforeEach
    void open() throws IOException, InvalidConfigException {
        open(CONFIG);
    }

    void open(String config) throws IOException, InvalidConfigException {
        cell = new RecordedCell(folder, config);
        cell.complete(at("-P100D"));
        cell.ecr.manifest("quay/app/web", "1", at("-P90D"), GB, "old");
        cell.ecr.manifest("quay/app/web", "2", at("-P90D"), GB, "new");
        cell.ecr.manifest("quay/app/web", "3", at("-P90D"), GB, "prod-1");
        cell.ecr.manifest("quay/app/api", "4", at("-P80D"), 2 * GB, "a");
        cell.ecr.manifest("quay/app/api", "5", at("-P70D"), 2 * GB, "b");
        cell.ecr.manifest("quay/team/tool", "6", at("-P20D"), 3 * GB, "1");
        cell.ecr.manifest("elsewhere/app", "7", at("-P90D"), GB, "1");
        cell.pull("quay/app/web:new", RecordedCell.NODE, "2026-11-20T10:20:00Z");
        // a run has enforced since the deploy, so that the next one has all of its limits
        ended("last", "1");
    }

    void ended(String id, String version) {
        Run begun = Run.begun(id, at("-PT1H"), true, version, "s1", false);
        cell.operated.runs().begin(begun);
        cell.operated
                .runs()
                .advance(
                        begun.counting(Map.of("evicted", 3L, "pulled", 12L), GB, Optional.of("a limit"))
                                .in(Run.Phase.DONE, Optional.of(1)),
                        Run.Phase.PLANNING);
    }

    @AfterEach
    void close() {
        cell.close();
    }

    static Stream<String> summary(Map<String, Object> line) {
        String image = String.valueOf(line.get("image"));
        String name = line.get("repository") + " " + image.substring(image.length() - 1) + " ";
        return switch (String.valueOf(line.get("kind"))) {
            case "spared" -> Stream.of("spared " + name + line.get("guard") + " until " + line.get("until"));
            case "evict" -> Stream.of("evict " + name + line.get("reason") + " " + line.get("rule"));
            case "later" -> Stream.of("later " + name + line.get("because"));
            default -> Stream.empty();
        };
    }

    static Map<String, Object> kind(String kind, List<Map<String, Object>> lines) {
        return lines.stream()
                .filter(line -> kind.equals(line.get("kind")))
                .findFirst()
                .orElseThrow();
    }

    List<String> summaries(LifecyclePlanReading.Choice choice) throws IOException {
        return json(choice).stream().flatMap(LifecycleCell::summary).toList();
    }

    Set<Object> everything() {
        return Set.copyOf(cell.operated.dynamoDb().scanPaginator(scan -> scan.tableName("test")).items().stream()
                .toList());
    }

    String explained(String name) {
        return RecordedCell.printed(new ExplainView(new ExplainReading(cell.operated).of(name), NOW)::print);
    }

    String text(LifecyclePlanReading.Choice choice, boolean all) {
        return RecordedCell.printed(
                out -> new LifecyclePlanReading(cell.operated).read(choice, new LifecyclePlanView(all, NOW, out)));
    }

    Stream<String> csv() {
        return RecordedCell.printed(
                        out -> new LifecyclePlanReading(cell.operated).read(ALL, new LifecyclePlanPrograms(true, out)))
                .lines();
    }

    List<Map<String, Object>> json(LifecyclePlanReading.Choice choice) throws IOException {
        List<Map<String, Object>> lines = new ArrayList<>();
        for (String line : RecordedCell.printed(out ->
                        new LifecyclePlanReading(cell.operated).read(choice, new LifecyclePlanPrograms(false, out)))
                .lines()
                .toList()) {
            lines.add(JSON.std.mapFrom(line));
        }
        return lines;
    }

    static Instant at(String fromNow) {
        return NOW.plus(Duration.parse(fromNow));
    }
}
