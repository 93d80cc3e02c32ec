package dev.larder.cli;

import dev.larder.config.InvalidConfigException;
import dev.larder.functions.inuse.ReportedList;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "put",
        mixinStandardHelpOptions = true,
        description =
                "Reports all images that a cluster uses, in place of its last list. Images of other registries may"
                        + " be among them and are passed over.")
final class InUsePutCommand implements Callable<Integer> {
    private static final String STANDARD_INPUT = "-";

    @Mixin
    private CellOptions cell = new CellOptions();

    @Mixin
    private Output output = new Output();

    @Option(names = "--cluster", required = true, paramLabel = "NAME", description = "which cluster uses them")
    private String cluster = "";

    @Option(
            names = "--ttl",
            paramLabel = "TIME",
            description = "for how long the list is believed, such as 12h or 7d (default: ${DEFAULT-VALUE}); after that"
                    + " nothing is evicted until a new one comes or it is removed",
            defaultValue = "7d",
            converter = ListTime.Converter.class)
    private ListTime ttl = new ListTime(Duration.ofDays(7));

    @Parameters(
            paramLabel = "FILE",
            description = "one image on each line, or a JSON array of them; - reads standard input")
    private String file = STANDARD_INPUT;

    @Override
    public Integer call() throws InvalidConfigException, IOException {
        OperatedCell operated = cell.open();
        ReportedList list = put(operated, cluster, ttl, file, text(file));
        output.print(
                List.of(list), (rows, out) -> rows.forEach(row -> out.println(told(row))), InUsePutCommand::fields);
        return 0;
    }

    private static String text(String file) throws IOException {
        if (file.equals(STANDARD_INPUT)) {
            return new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
        }
        try {
            return Files.readString(Path.of(file));
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("there is no file " + file, e);
        }
    }

    static ReportedList put(OperatedCell operated, String cluster, ListTime ttl, String file, String text) {
        String name = file.equals(STANDARD_INPUT) ? "standard input" : file;
        ImageList images = ImageList.read(name, text, operated.registryHosts());
        Instant now = operated.now();
        ReportedList list = new ReportedList(
                cluster, now, now.plus(ttl.time()), images.here().size());
        if (!operated.reportedLists().put(list, images.here())) {
            throw new IllegalStateException("a later list of " + cluster + " is there already; it stays");
        }
        return list;
    }

    private static String told(ReportedList list) {
        return list.cluster() + " uses " + list.images() + " images of this registry; believed until "
                + list.freshUntil();
    }

    static Map<String, Object> fields(ReportedList list) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("cluster", list.cluster());
        fields.put("listedAt", list.listedAt().toString());
        fields.put("freshUntil", list.freshUntil().toString());
        fields.put("images", list.images());
        return fields;
    }
}
