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
        description = "Reports all images that a cluster uses, in place of its last list. An image that is named by an"
                + " upstream's host, as nodes do that pull through a mirror, counts under the upstream's prefix."
                + " Images of other registries may be among them and are passed over.")
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

    @Option(
            names = "--allow-none",
            description = "take a list also when none of its images is of this registry or of an upstream of the file:"
                    + " the cluster uses none of them")
    private boolean allowNone;

    @Parameters(
            paramLabel = "FILE",
            description = "one image on each line, or a JSON array of them; - reads standard input")
    private String file = STANDARD_INPUT;

    @Override
    public Integer call() throws InvalidConfigException, IOException {
        OperatedCell operated = cell.open();
        Reported reported = put(operated, cluster, ttl, allowNone, file, text(file));
        output.print(List.of(reported), (rows, out) -> rows.forEach(row -> out.println(row.told())), Reported::fields);
        return 0;
    }

    /**
     * What came of a report.
     *
     * @param names what the cluster gave
     */
    record Reported(ReportedList list, ImageList names) {
        String told() {
            return list.cluster() + " uses " + list.images() + " images of this registry; " + names.byUpstream()
                    + " names of the list are an upstream's, " + names.elsewhere()
                    + " another registry's; believed until " + list.freshUntil();
        }

        Map<String, Object> fields() {
            Map<String, Object> fields = InUsePutCommand.fields(list);
            fields.put("byUpstream", names.byUpstream());
            fields.put("elsewhere", names.elsewhere());
            return fields;
        }
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

    static Reported put(
            OperatedCell operated, String cluster, ListTime ttl, boolean allowNone, String file, String text) {
        String name = file.equals(STANDARD_INPUT) ? "standard input" : file;
        ImageList images = ImageList.read(name, text, operated.registryHosts(), operated.upstreamHosts());
        if (images.words() && !images.here().isEmpty() && !allowNone) {
            throw new IllegalArgumentException(name + " has single words only, as "
                    + images.here().iterator().next()
                    + " comes of one; that may be what a failed command printed, so nothing is taken over; where these"
                    + " are images, say so: --allow-none");
        }
        if (images.here().isEmpty() && !allowNone) {
            throw new IllegalArgumentException(name + " names " + images.elsewhere()
                    + " images, and none is of this registry or of an upstream of the file ("
                    + String.join(", ", operated.upstreamHosts().names())
                    + "), so nothing would be kept for it; where that is right, say so: --allow-none");
        }
        Instant now = operated.now();
        ReportedList list = new ReportedList(
                cluster, now, now.plus(ttl.time()), images.here().size());
        if (!operated.reportedLists().put(list, images.here())) {
            throw new IllegalStateException("a later list of " + cluster + " is there already; it stays");
        }
        return new Reported(list, images);
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
