package dev.larder.cli;

import dev.larder.domain.usage.Teams;
import dev.larder.domain.usage.UsageRow;
import dev.larder.events.image.RepositoryName;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Adds up rows of the record.
 *
 * @param prefixOf the upstream that a repository is cached from
 */
record Groups(Teams teams, Function<RepositoryName, Optional<String>> prefixOf) {
    /** The team of those who are in none. */
    static final String NO_TEAM = "(no team)";

    /** The upstream of what is no longer cached from any in the file. */
    static final String NO_UPSTREAM = "(no upstream)";

    /** Pulls that have something in common. */
    record Group(String name, Sums sums) {}

    /** The groups with the most pulls first, ties by name; days by date. */
    List<Group> of(Map<LocalDate, List<UsageRow>> rows, Grouping grouping) {
        Map<String, Sums> sums = new TreeMap<>();
        rows.forEach(
                (day, those) -> those.forEach(row -> sums.merge(name(grouping, day, row), Sums.of(row), Sums::plus)));
        Comparator<Group> byName = Comparator.comparing(Group::name);
        return sums.entrySet().stream()
                .map(entry -> new Group(entry.getKey(), entry.getValue()))
                .sorted(
                        grouping == Grouping.day
                                ? byName
                                : Comparator.comparingLong(
                                                (Group group) -> group.sums().pulls())
                                        .reversed()
                                        .thenComparing(byName))
                .toList();
    }

    /** Of rows, those of one team. */
    Map<LocalDate, List<UsageRow>> onlyOf(String team, Map<LocalDate, List<UsageRow>> rows) {
        Map<LocalDate, List<UsageRow>> those = new TreeMap<>();
        rows.forEach((day, all) -> those.put(
                day, all.stream().filter(row -> teamOf(row).equals(team)).toList()));
        return those;
    }

    private String name(Grouping grouping, LocalDate day, UsageRow row) {
        return switch (grouping) {
            case team -> teamOf(row);
            case principal -> row.principal();
            case image -> row.image().toString();
            case repository -> row.image().repository().value();
            case upstream -> prefixOf.apply(row.image().repository()).orElse(NO_UPSTREAM);
            case day -> day.toString();
        };
    }

    private String teamOf(UsageRow row) {
        return teams.of(row.principal(), row.workload()).orElse(NO_TEAM);
    }
}
