package dev.larder.cli;

import dev.larder.config.InvalidConfigException;
import dev.larder.events.WarmOrder;
import dev.larder.events.WarmReason;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.Platform;
import dev.larder.functions.table.TaggedImage;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "warm",
        mixinStandardHelpOptions = true,
        description = "Orders images to be brought into the cache now.")
final class WarmCommand implements Callable<Integer> {
    private static final Duration POLL = Duration.ofMillis(500);

    @Mixin
    private CellOptions cell = new CellOptions();

    @Parameters(paramLabel = "IMAGE", arity = "1..*", description = "for instance docker-hub/library/nginx:1.27")
    private List<String> images = new ArrayList<>();

    @Option(names = "--platform", paramLabel = "OS/ARCH", description = "a platform that must be there afterwards")
    private List<String> platforms = new ArrayList<>();

    @Option(names = "--refresh", description = "ask the upstream even if the last check is younger than 24 hours")
    private boolean refresh;

    @Option(names = "--wait", description = "wait until the images are warm, at most five minutes")
    private boolean wait;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws InvalidConfigException, InterruptedException {
        List<Tagged> tagged = images.stream().map(WarmCommand::byTag).toList();
        OperatedCell operated = cell.open();
        Instant now = operated.now();
        List<WarmOrder> orders = tagged.stream()
                .map(image -> WarmOrder.atOnce(
                        UUID.randomUUID().toString(),
                        image,
                        WarmReason.MANUAL,
                        platforms(operated).stream().map(Platform::parse).toList(),
                        refresh,
                        now))
                .toList();
        operated.warmOrders().send(orders);
        PrintWriter out = spec.commandLine().getOut();
        tagged.forEach(image -> out.println("ordered " + image));
        out.flush();
        return wait ? waitFor(operated, orders, out) : 0;
    }

    private List<String> platforms(OperatedCell operated) {
        return platforms.isEmpty() ? operated.config().warm().platforms() : platforms;
    }

    private static int waitFor(OperatedCell operated, List<WarmOrder> orders, PrintWriter out)
            throws InterruptedException {
        List<WarmOrder> open = new ArrayList<>(orders);
        Instant end = Instant.now().plus(Duration.ofMinutes(5));
        while (!open.isEmpty() && Instant.now().isBefore(end)) {
            Thread.sleep(POLL);
            open.removeIf(order -> isWarm(operated, order, out));
        }
        open.forEach(order -> out.println("not warm after five minutes: " + order.image()
                + "; ./larder status shows the upstream and the dead letters"));
        out.flush();
        return open.isEmpty() ? 0 : 1;
    }

    private static boolean isWarm(OperatedCell operated, WarmOrder order, PrintWriter out) {
        boolean warm = operated.images()
                .warmth(order.image())
                .warmedAt()
                .filter(at -> !at.isBefore(order.notBefore()))
                .isPresent();
        if (warm) {
            out.println("warm " + order.image()
                    + digest(operated, order.image()).map(d -> " " + d).orElse(""));
            out.flush();
        }
        return warm;
    }

    private static Optional<Digest> digest(OperatedCell operated, ImageReference image) {
        return switch (image) {
            case Tagged tagged -> operated.images().tagged(tagged).flatMap(TaggedImage::digest);
            case Digested digested -> Optional.empty();
        };
    }

    private static Tagged byTag(String text) {
        return switch (ImageReference.parse(text)) {
            case Tagged tagged -> tagged;
            case Digested digested ->
                throw new IllegalArgumentException("cannot warm " + digested
                        + ": ECR does not import an image on a first pull by digest. Name a tag that points at it.");
        };
    }
}
