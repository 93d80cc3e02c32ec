package dev.larder.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.larder.cli.Groups.Group;
import dev.larder.domain.usage.Teams;
import dev.larder.domain.usage.UsageRow;
import dev.larder.events.image.ImageReference;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Sums over the record, whatever they are by. */
class GroupsTest {
    private static final LocalDate DAY = LocalDate.parse("2026-11-24");
    private static final String NODE = "arn:aws:iam::111122223333:role/node";
    private static final String CI = "arn:aws:iam::111122223333:role/ci";
    private static final Groups GROUPS = new Groups(
            new Teams(Map.of("build", List.of(CI), "shop", List.of("pod/*/shop-*"))),
            repository -> Optional.of(
                            repository.value().substring(0, repository.value().indexOf('/')))
                    .filter(prefix -> !prefix.equals("gone")));

    private static UsageRow row(String image, String principal, Optional<String> workload, long pulls) {
        return new UsageRow(ImageReference.parse(image), principal, workload, pulls, 1, 0, 2, 10);
    }

    private static final Map<LocalDate, List<UsageRow>> ROWS = new TreeMap<>(Map.of(
            DAY.minusDays(1),
            List.of(row("quay/a/b:1", CI, Optional.empty(), 5), row("hub/c:1", NODE, Optional.empty(), 3)),
            DAY,
            List.of(
                    row("quay/a/b:2", NODE, Optional.of("pod/prod/shop-1"), 3),
                    row("gone/x:1", NODE, Optional.empty(), 4))));

    private static String names(Grouping grouping) {
        return GROUPS.of(ROWS, grouping).stream()
                .map(group -> group.name() + "=" + group.sums().pulls())
                .toList()
                .toString();
    }

    @Example
    void pullsAreAddedUpByWhatIsAskedFor() {
        assertEquals("[(no team)=7, build=5, shop=3]", names(Grouping.team));
        assertEquals("[" + NODE + "=10, " + CI + "=5]", names(Grouping.principal));
        assertEquals("[quay/a/b=8, gone/x=4, hub/c=3]", names(Grouping.repository));
        assertEquals("[quay=8, (no upstream)=4, hub=3]", names(Grouping.upstream));
    }

    @Example
    void tiesAreInTheOrderOfTheirNames() {
        assertEquals("[quay/a/b:1=5, gone/x:1=4, hub/c:1=3, quay/a/b:2=3]", names(Grouping.image));
    }

    @Example
    void daysAreInTheirOwnOrder() {
        assertEquals("[2026-11-23=8, 2026-11-24=7]", names(Grouping.day));
    }

    @Example
    void aTeamHasItsOwnPullsOnly() {
        assertEquals(
                List.of(new Group("quay/a/b:1", new Sums(5, 1, 0, 2, 10))),
                GROUPS.of(GROUPS.onlyOf("build", ROWS), Grouping.image));
        assertEquals(
                7,
                GROUPS.of(GROUPS.onlyOf(Groups.NO_TEAM, ROWS), Grouping.team)
                        .getFirst()
                        .sums()
                        .pulls());
    }

    @Example
    void aTableNamesWhatItIsBy() {
        GroupsView view = new GroupsView(Grouping.upstream);
        assertEquals("""
                UPSTREAM       PULLS  COLD  STALE  FAILED  HIT RATIO  BYTES
                quay               8     2      0       4      75.0%   20 B
                (no upstream)      4     1      0       2      75.0%   10 B
                hub                3     1      0       2      66.6%   10 B
                """, view.table(GROUPS.of(ROWS, Grouping.upstream)).toString());
        assertEquals(
                "{upstream=quay, pulls=8, cold=2, stale=0, failed=4, hitRatio=0.75, bytes=20}",
                view.fields(GROUPS.of(ROWS, Grouping.upstream).getFirst()).toString());
    }

    @Example
    void anImageHasWhoPulledItAndNotWhoOnlyFailed() {
        List<ImagePulls> images = ImagePulls.of(Map.of(
                DAY,
                List.of(
                        row("quay/b:1", NODE, Optional.empty(), 0),
                        row("quay/b:1", CI, Optional.of("pod/x/y"), 2),
                        row("quay/b:1", CI, Optional.empty(), 3),
                        row("quay/a:1", NODE, Optional.empty(), 1))));
        assertEquals(
                "[{image=quay/a:1, pulls=1, cold=1, stale=0, failed=2, hitRatio=0.0, bytes=10, by={" + NODE + "=1}},"
                        + " {image=quay/b:1, pulls=5, cold=3, stale=0, failed=6, hitRatio=0.4, bytes=30, by={" + CI
                        + "=5}}]",
                images.stream().map(ImagePulls::fields).toList().toString());
    }

    @Example
    void aRankingBreaksTiesByNameAndLeavesOutWhatHasNone() {
        Map<LocalDate, List<UsageRow>> rows = Map.of(
                DAY,
                List.of(
                        row("quay/b:1", NODE, Optional.empty(), 3),
                        row("quay/a:1", NODE, Optional.empty(), 3),
                        row("quay/c:1", NODE, Optional.empty(), 0),
                        row("quay/d:1", NODE, Optional.empty(), 9)));
        assertEquals(
                "[quay/d:1, quay/a:1, quay/b:1]",
                Ranking.pulls.top(5, rows).stream()
                        .map(ImagePulls::image)
                        .toList()
                        .toString());
        assertEquals(
                "[quay/a:1, quay/b:1]",
                Ranking.cold.top(2, rows).stream()
                        .map(ImagePulls::image)
                        .toList()
                        .toString());
    }

    @Property(tries = 200)
    void nothingIsLostWhateverTheSumsAreBy(
            @ForAll("rows") List<UsageRow> first, @ForAll("rows") List<UsageRow> second, @ForAll Grouping grouping) {
        Map<LocalDate, List<UsageRow>> rows = Map.of(DAY, first, DAY.plusDays(1), second);
        Sums all = rows.values().stream().flatMap(List::stream).map(Sums::of).reduce(Sums.NONE, Sums::plus);
        assertEquals(all, GROUPS.of(rows, grouping).stream().map(Group::sums).reduce(Sums.NONE, Sums::plus));
        assertEquals(all, ImagePulls.of(rows).stream().map(ImagePulls::sums).reduce(Sums.NONE, Sums::plus));
    }

    @Provide
    Arbitrary<List<UsageRow>> rows() {
        return Combinators.combine(
                        Arbitraries.of("quay/a/b:1", "quay/a/b:2", "hub/c:1", "gone/x:1"),
                        Arbitraries.of(NODE, CI),
                        Arbitraries.of("pod/prod/shop-1", "pod/prod/other").optional(),
                        Arbitraries.longs().between(0, 1000))
                .as(GroupsTest::row)
                .list()
                .ofMaxSize(20);
    }
}
