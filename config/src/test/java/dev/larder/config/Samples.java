package dev.larder.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The sample files by folder: valid; not YAML; of a wrong structure; of the right structure with a wrong meaning. */
final class Samples {
    private static final Path ROOT = Path.of("src/test/resources/samples");

    private Samples() {}

    static List<Path> in(String folder) {
        try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The messages that a bad sample must bring, beside it. */
    static Path expected(Path sample) {
        String name = sample.getFileName().toString();
        return sample.resolveSibling(name.replace(".yaml", ".expected"));
    }

    static LarderConfig parse(Path sample) {
        return ConfigFile.parse(text(sample), sample.getFileName().toString(), Target.LOCAL);
    }
}
