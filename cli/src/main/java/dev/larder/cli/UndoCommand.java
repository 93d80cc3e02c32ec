package dev.larder.cli;

import dev.larder.config.InvalidConfigException;
import dev.larder.events.WarmOrder;
import dev.larder.events.image.ImageReference;
import dev.larder.functions.lifecycle.Undo;
import dev.larder.functions.upstream.UpstreamFunds;
import dev.larder.functions.warm.Upstreams;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "undo",
        mixinStandardHelpOptions = true,
        description = "Warms again what was evicted: everything of a run, or one image.")
final class UndoCommand implements Callable<Integer> {
    @Mixin
    private CellOptions cell = new CellOptions();

    /** One of the two. */
    static final class What {
        @Option(names = "--run", paramLabel = "ID", description = "a run of ./larder runs")
        private @Nullable String run;

        @Parameters(paramLabel = "IMAGE", description = "repository:tag or repository@digest")
        private @Nullable String image;
    }

    @ArgGroup(multiplicity = "1")
    private What what = new What();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws InvalidConfigException {
        OperatedCell operated = cell.open();
        Undo undo = operated.undo(operated.warmOrders());
        String image = what.image;
        String run = what.run;
        List<WarmOrder> orders;
        if (image != null) {
            orders = undo.image(ImageReference.parse(image));
        } else if (run != null) {
            orders = undo.run(run);
        } else {
            throw new IllegalArgumentException("name an image or a run");
        }
        if (orders.isEmpty()) {
            throw new IllegalStateException(image != null ? noImage(image) : noRun(String.valueOf(run)));
        }
        var out = spec.commandLine().getOut();
        orders.forEach(order -> out.println("ordered " + words(order)));
        undo.doubts(orders).forEach(out::println);
        out.flush();
        pace(operated).lines(orders).forEach(out::println);
        out.flush();
        return 0;
    }

    private static UndoPace pace(OperatedCell operated) {
        return new UndoPace(
                new Upstreams(operated.config().upstreams()),
                new UpstreamFunds(operated.upstreams()),
                operated.images(),
                operated.now());
    }

    private static String noImage(String image) {
        return "nothing to undo: there is no tombstone of " + image
                + "; ./larder runs --run ID lists what a run evicted, for 30 days";
    }

    static String noRun(String run) {
        return "nothing to undo: no repository that is there has a tombstone of run " + run
                + " whose image does not come with another that is there; ./larder runs lists runs, and what went in one"
                + " that is not older than 30 days is in ./larder runs --run ID; what went from a repository that was"
                + " deleted since, ./larder undo IMAGE brings back";
    }

    /** {@code repository:tag@digest} when the digest comes by way of the tag. */
    private static String words(WarmOrder order) {
        return order.by().isPresent() && order.image() instanceof ImageReference.Digested(var repository, var digest)
                ? repository + ":" + order.by().get() + "@" + digest
                : order.image().toString();
    }
}
