package dev.larder.cli;

import dev.larder.config.InvalidConfigException;
import dev.larder.functions.inuse.ReportedList;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "The lists that clusters reported. While one of them is stale, or dated in the future, nothing is"
                + " evicted.")
final class InUseListCommand implements Callable<Integer> {
    @Mixin
    private CellOptions cell = new CellOptions();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() throws InvalidConfigException, IOException {
        OperatedCell operated = cell.open();
        Instant now = operated.now();
        output.print(
                operated.reportedLists().all(),
                (lists, out) -> out.print(table(lists, now)),
                list -> fields(list, now));
        return 0;
    }

    static Map<String, Object> fields(ReportedList list, Instant now) {
        Map<String, Object> fields = InUsePutCommand.fields(list);
        fields.put("stale", list.isStale(now));
        fields.put("ahead", list.isAhead(now));
        return fields;
    }

    static TextTable table(List<ReportedList> lists, Instant now) {
        TextTable table = new TextTable("CLUSTER", "REPORTED", "BELIEVED UNTIL", "IMAGES", "");
        lists.forEach(list -> table.row(
                list.cluster(),
                Ages.of(Optional.of(list.listedAt()), now),
                Ages.of(Optional.of(list.freshUntil()), now),
                list.images(),
                doubt(list, now)));
        return table;
    }

    private static String doubt(ReportedList list, Instant now) {
        if (list.isAhead(now)) {
            return "dated in the future: nothing is evicted";
        }
        return list.isStale(now) ? "stale: nothing is evicted" : "";
    }
}
