package dev.larder.cli;

import dev.larder.config.InvalidConfigException;
import dev.larder.events.WarmOrder;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.Platform;
import dev.larder.functions.warm.Upstreams;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "warm",
        mixinStandardHelpOptions = true,
        description = "Orders images to be brought into the cache now.")
final class WarmCommand implements Callable<Integer> {
    /** A small image is warm within a second. */
    static final Duration SHORTEST_POLL = Duration.ofMillis(50);

    private static final Duration LONGEST_POLL = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    @Mixin
    private final CellOptions cell;

    @Mixin
    private Output output = new Output();

    @Parameters(
            paramLabel = "IMAGE",
            arity = "1..*",
            description =
                    "repository:tag, repository@digest, or repository:tag@digest: the image of that digest by way of"
                            + " that tag; for instance docker-hub/library/nginx:1.27")
    private List<String> images = new ArrayList<>();

    @Option(
            names = "--platform",
            paramLabel = "OS/ARCH",
            description = "a platform that must be there afterwards: --wait says when the upstream does not have it")
    private List<String> platforms = new ArrayList<>();

    @Option(names = "--refresh", description = "ask the upstream even if the last check is younger than 24 hours")
    private boolean refresh;

    @Option(
            names = "--take-tag-off",
            description =
                    "with --refresh, or for a digest: where only the tag itself leads to the new image, take it off while"
                            + " ECR imports it. A pull in these seconds may fail")
    private boolean takeOff;

    @Option(
            names = "--wait",
            description =
                    "tell each step until the images are warm, at most five minutes; exits with 1 when one is not")
    private boolean wait;

    WarmCommand() {
        this(new CellOptions());
    }

    /** @param cell says which cell it is about */
    WarmCommand(CellOptions cell) {
        this.cell = cell;
    }

    @Override
    public Integer call() throws InvalidConfigException, InterruptedException, IOException {
        List<WarmTarget> targets = images.stream().map(WarmTarget::parse).toList();
        if (takeOff && !refresh) {
            targets.forEach(WarmCommand::byDigest);
        }
        List<Platform> named = platforms.stream().map(Platform::parse).toList();
        return warm(cell.open(), targets, named);
    }

    private int warm(OperatedCell operated, List<WarmTarget> targets, List<Platform> named)
            throws InterruptedException, IOException {
        Upstreams upstreams = new Upstreams(operated.config().upstreams());
        targets.forEach(target -> allowed(upstreams, target));
        List<Platform> wanted = named.isEmpty()
                ? operated.config().warm().platforms().stream()
                        .map(Platform::parse)
                        .toList()
                : named;
        Instant now = operated.now();
        List<WarmOrder> orders = targets.stream()
                .map(target -> target.order(UUID.randomUUID().toString(), wanted, refresh, now))
                .map(order -> takeOff ? order.takingTagOff() : order)
                .toList();
        operated.warmOrders().send(orders);
        tell(orders.stream().<WarmStep>map(WarmStep.Ordered::new).toList());
        return wait ? waitFor(operated, orders, named) : 0;
    }

    private static void byDigest(WarmTarget target) {
        if (target.image() instanceof ImageReference.Tagged) {
            throw new IllegalArgumentException("--take-tag-off without --refresh, and " + target.image()
                    + " has no digest; expected --refresh, or repository:tag@digest");
        }
    }

    private static void allowed(Upstreams upstreams, WarmTarget target) {
        boolean allowed = upstreams
                .of(target.image().repository())
                .filter(upstream -> Upstreams.allows(upstream, target.image().repository()))
                .isPresent();
        if (!allowed) {
            throw new IllegalArgumentException("cannot warm " + target.image()
                    + ": it is under no upstream of the file, or not in its allow-list; the file has "
                    + upstreams.all().stream()
                            .map(upstream ->
                                    upstream.prefix() + "/" + (upstream.allow().isEmpty() ? "**" : upstream.allow()))
                            .sorted()
                            .toList());
        }
    }

    private int waitFor(OperatedCell operated, List<WarmOrder> orders, List<Platform> named)
            throws InterruptedException, IOException {
        List<WarmWatch> watches = orders.stream()
                .map(order -> new WarmWatch(order, named, operated.leases(), operated.images()))
                .toList();
        Instant end = Instant.now().plus(LONGEST);
        Duration poll = SHORTEST_POLL;
        while (watches.stream().anyMatch(watch -> !watch.isOver())
                && Instant.now().isBefore(end)) {
            Thread.sleep(poll);
            poll = longer(poll);
            for (WarmWatch watch : watches) {
                if (!watch.isOver()) {
                    tell(watch.look());
                }
            }
        }
        tell(watches.stream()
                .filter(watch -> !watch.isOver())
                .<WarmStep>map(watch -> new WarmStep.Unfinished(watch.order(), LONGEST))
                .toList());
        return watches.stream().allMatch(WarmWatch::isWarm) ? 0 : 1;
    }

    /** How long to wait after that: twice as long, up to half a second. */
    static Duration longer(Duration poll) {
        Duration twice = poll.multipliedBy(2);
        return twice.compareTo(LONGEST_POLL) > 0 ? LONGEST_POLL : twice;
    }

    private void tell(List<WarmStep> steps) throws IOException {
        output.print(steps, (all, out) -> all.forEach(step -> out.println(step.line())), WarmStep::json);
    }
}
