package dev.larder.cli;

import dev.larder.config.InvalidConfigException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description =
                "Why an image stays or goes: its rule, every guard that keeps it and until when, what goes with it, and what"
                        + " happens when; or when and why it went.")
final class ExplainCommand implements Callable<Integer> {
    @Mixin
    private CellOptions cell = new CellOptions();

    @Parameters(
            paramLabel = "IMAGE",
            description = "repository:tag, repository@sha256:..., or at least 12 characters of a digest")
    private String image = "";

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() throws InvalidConfigException, IOException {
        SoughtImage.parse(image);
        OperatedCell operated = cell.open();
        output.print(
                List.of(new ExplainReading(operated).of(image)),
                (rows, out) -> rows.forEach(row -> new ExplainView(row, operated.now()).print(out)),
                ExplainJson::fields);
        return 0;
    }
}
