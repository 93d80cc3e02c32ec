package dev.larder.benchmarks;

import dev.larder.benchmarks.imports.CloudProcess;
import dev.larder.benchmarks.imports.Skopeo;
import dev.larder.benchmarks.imports.Times;
import dev.larder.benchmarks.imports.Upstream;
import dev.larder.events.image.Digest;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * How long it takes until a ten-layer, two-platform image of an upstream is on this machine's disk: by way of a warm order
 * to the local cloud, and by {@code skopeo copy --all} into an OCI layout. Both in turn, with an image that neither has seen.
 */
public final class WarmImport {
    /** How many times as long as skopeo Larder may take. */
    private static final double TARGET = 1.2;

    private static final int ROUNDS = 9;
    /** Rounds that do not count: a JVM's first imports load and compile its code. */
    private static final int BEFORE = 3;

    private static final int MEGABYTES = 5;

    private final Upstream upstream;
    private final CloudProcess cloud;
    private final Skopeo skopeo;
    private final Path folder;
    private final Times copies = new Times("skopeo copy --all");
    private final Times orders = new Times("Larder, order to record");
    private final Times commands = new Times("Larder, ./larder warm --wait");

    private WarmImport(Upstream upstream, CloudProcess cloud, Path folder) {
        this.upstream = upstream;
        this.cloud = cloud;
        this.folder = folder;
        this.skopeo = new Skopeo(upstream.authority(), folder);
    }

    /**
     * Measures; ends with 1 when Larder misses the target.
     *
     * @param arguments the script {@code larder}; how many rounds; how many megabytes each layer has
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : ROUNDS;
        int megabytes = arguments.length > 2 ? Integer.parseInt(arguments[2]) : MEGABYTES;
        Path folder = Files.createTempDirectory("larder-warm-import");
        boolean met;
        try (Upstream upstream = Upstream.start(folder, megabytes * 1_000_000);
                CloudProcess cloud = CloudProcess.start(folder, Path.of(arguments[0]), upstream)) {
            WarmImport measured = new WarmImport(upstream, cloud, folder);
            for (int i = 0; i < BEFORE + rounds; i++) {
                if (i == BEFORE) {
                    measured.all().forEach(Times::forget);
                }
                measured.round(i);
            }
            measured.print(System.out);
            met = measured.met();
        } finally {
            Skopeo.delete(folder);
        }
        System.exit(met ? 0 : 1);
    }

    private List<Times> all() {
        return List.of(copies, orders, commands);
    }

    private void round(int number) throws IOException, InterruptedException {
        String repository = "team/app" + number;
        Digest published = upstream.publish(repository, "1");
        upstream.publish(repository, "2");
        cloud.awaitQuiet();
        boolean first = number % 2 == 0;
        if (first) {
            copies.add(skopeo.copy(repository + ":1"));
        }
        orders.add(cloud.warm("mirror/" + repository + ":1", published));
        cloud.awaitQuiet();
        if (!first) {
            copies.add(skopeo.copy(repository + ":1"));
        }
        commands.add(cloud.warmByCommand("mirror/" + repository + ":2", folder.resolve("warm.log")));
    }

    private boolean met() {
        return orders.median() <= TARGET * copies.median();
    }

    private void print(PrintStream out) {
        out.printf(
                "%-30s %10s %10s %10s %7s %s%n",
                "until it is on this disk", "median", "fastest", "slowest", "ratio", "target");
        for (Times times : all()) {
            String target = times == orders ? TARGET + "x " + (met() ? "met" : "MISSED") : "";
            out.printf("%-30s %s %6.2fx %s%n", times.name(), times.text(), times.median() / copies.median(), target);
        }
    }
}
