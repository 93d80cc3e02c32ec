package dev.larder.benchmarks.imports;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * skopeo, which copies every platform of an image into an OCI layout: checked against its digests, each blob flushed to the
 * disk, as the local cloud does. (Into {@code dir:} it takes longer.)
 */
public final class Skopeo {
    private final String upstream;
    private final Path folder;

    /** @param upstream host and port */
    public Skopeo(String upstream, Path folder) {
        this.upstream = upstream;
        this.folder = folder;
    }

    /** Copies an image, throws the copy away, and says how long the copying took. */
    public Duration copy(String image) throws IOException, InterruptedException {
        Path layout = folder.resolve("layout");
        Duration took = Program.run(
                folder.resolve("skopeo.log"),
                Map.of(),
                List.of(
                        "skopeo",
                        "--insecure-policy",
                        "copy",
                        "--all",
                        "--quiet",
                        "--src-tls-verify=false",
                        "docker://" + upstream + "/" + image,
                        "oci:" + layout + ":copy"));
        delete(layout);
        return took;
    }

    /** Deletes a folder with all that is in it. */
    public static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
