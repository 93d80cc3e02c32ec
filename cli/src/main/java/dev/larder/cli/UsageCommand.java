package dev.larder.cli;

import dev.larder.config.InvalidConfigException;
import dev.larder.events.image.ImageReference;
import dev.larder.functions.usage.DynamoDbUsageDays;
import dev.larder.functions.usage.UsageHistory;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "usage",
        mixinStandardHelpOptions = true,
        description = "The pulls of one image, by day and by principal.")
final class UsageCommand implements Callable<Integer> {
    @Mixin
    private CellOptions cell = new CellOptions();

    @Parameters(paramLabel = "IMAGE", description = "repository:tag or repository@digest")
    private String image = "";

    @Option(names = "--days", paramLabel = "N", description = "how far back (default: 30)", defaultValue = "30")
    private int days = 30;

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() throws InvalidConfigException, IOException {
        ImageReference reference = ImageReference.parse(image);
        OperatedCell operated = cell.open();
        LocalDate today = LocalDate.ofInstant(operated.now(), ZoneOffset.UTC);
        List<UsageHistory.Day> history =
                new UsageHistory(new DynamoDbUsageDays(operated.table())).of(reference, today.minusDays(days), today);
        output.print(
                history,
                (rows, out) -> out.print(
                        rows.isEmpty()
                                ? "no pull of " + reference + " in the last " + days + " days\n"
                                : table(rows).toString()),
                UsageCommand::fields);
        return 0;
    }

    private static TextTable table(List<UsageHistory.Day> history) {
        TextTable table = new TextTable("DAY", "PULLS", "BY");
        for (UsageHistory.Day day : history) {
            table.row(
                    day.day(),
                    day.pulls(),
                    new TreeMap<>(day.by())
                            .entrySet().stream()
                                    .map(entry -> entry.getKey() + " " + entry.getValue())
                                    .collect(Collectors.joining(", ")));
        }
        return table;
    }

    private static Map<String, Object> fields(UsageHistory.Day day) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("day", day.day().toString());
        fields.put("pulls", day.pulls());
        fields.put("by", new TreeMap<>(day.by()));
        return fields;
    }
}
