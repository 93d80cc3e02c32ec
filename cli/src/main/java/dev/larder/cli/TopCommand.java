package dev.larder.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.larder.config.InvalidConfigException;
import dev.larder.functions.table.TaggedImage;
import dev.larder.functions.warm.TopImages;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "top",
        mixinStandardHelpOptions = true,
        description = "The images that are pulled most, old pulls weighing less.")
final class TopCommand implements Callable<Integer> {
    @Mixin
    private CellOptions cell = new CellOptions();

    @Option(names = "--top", paramLabel = "N", description = "how many (default: 20)", defaultValue = "20")
    private int top = 20;

    @Option(names = "--json", description = "print JSON, one object for each image")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws InvalidConfigException, IOException {
        OperatedCell operated = cell.open();
        List<TaggedImage> images = new TopImages(operated.config().upstreams(), operated.images()).top(top);
        spec.commandLine().getOut().print(json ? json(images) : table(images, operated.now()));
        spec.commandLine().getOut().flush();
        return 0;
    }

    private static String table(List<TaggedImage> images, Instant now) {
        TextTable table = new TextTable("IMAGE", "PULLS", "COLD", "LAST PULL", "LAST CHECK");
        for (TaggedImage image : images) {
            table.row(
                    image.image(),
                    image.pulls(),
                    image.coldPulls(),
                    Ages.of(image.lastPulledAt(), now),
                    Ages.of(image.checkedAt(), now));
        }
        return table.toString();
    }

    private static String json(List<TaggedImage> images) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (TaggedImage image : images) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("image", image.image().toString());
            line.put("pulls", image.pulls());
            line.put("coldPulls", image.coldPulls());
            image.lastPulledAt().ifPresent(at -> line.put("lastPulledAt", at.toString()));
            image.checkedAt().ifPresent(at -> line.put("checkedAt", at.toString()));
            image.digest().ifPresent(digest -> line.put("digest", digest.value()));
            lines.append(JSON.std.asString(line)).append('\n');
        }
        return lines.toString();
    }
}
