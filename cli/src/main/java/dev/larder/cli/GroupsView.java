package dev.larder.cli;

import dev.larder.cli.Groups.Group;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Shows groups of pulls. */
record GroupsView(Grouping grouping) {
    TextTable table(List<Group> groups) {
        TextTable table = new TextTable(
                grouping.name().toUpperCase(Locale.ROOT), "PULLS", "COLD", "STALE", "FAILED", "HIT RATIO", "BYTES");
        for (Group group : groups) {
            Sums sums = group.sums();
            table.row(
                    group.name(),
                    sums.pulls(),
                    sums.cold(),
                    sums.stale(),
                    sums.failed(),
                    sums.hitPercent(),
                    Sizes.of(sums.bytes()));
        }
        return table;
    }

    Map<String, Object> fields(Group group) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(grouping.name(), group.name());
        fields.putAll(group.sums().fields());
        return fields;
    }
}
