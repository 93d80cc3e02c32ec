package dev.larder.cli;

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
import picocli.CommandLine.Option;

@Command(
        name = "top",
        mixinStandardHelpOptions = true,
        description = "The images that are pulled most, old pulls weighing less.")
final class TopCommand implements Callable<Integer> {
    @Mixin
    private CellOptions cell = new CellOptions();

    @Option(names = "--top", paramLabel = "N", description = "how many (default: 20)", defaultValue = "20")
    private int top = 20;

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() throws InvalidConfigException, IOException {
        OperatedCell operated = cell.open();
        List<TaggedImage> images = new TopImages(operated.config().upstreams(), operated.images()).top(top);
        output.print(images, (rows, out) -> out.print(table(rows, operated.now())), TopCommand::fields);
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

    private static Map<String, Object> fields(TaggedImage image) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("image", image.image().toString());
        fields.put("pulls", image.pulls());
        fields.put("coldPulls", image.coldPulls());
        image.lastPulledAt().ifPresent(at -> fields.put("lastPulledAt", at.toString()));
        image.checkedAt().ifPresent(at -> fields.put("checkedAt", at.toString()));
        image.digest().ifPresent(digest -> fields.put("digest", digest.value()));
        return fields;
    }
}
