package dev.larder.local.cloud;

import dev.larder.config.ConfigFile;
import dev.larder.config.Target;
import dev.larder.infra.LarderApp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Collectors;

/** The templates that infra synthesizes, with the functions' zip as the build made it. */
public final class RealStacks {
    private static final Path ZIP = Path.of("../functions/target/larder-functions.zip");

    private RealStacks() {}

    /** Writes a {@code larder.yaml} with one upstream, {@code mirror}, and whatever else has a default. */
    public static Path configure(Path folder, String upstream) throws IOException {
        return Files.writeString(folder.resolve("larder.yaml"), """
                name: platform-cache
                cells:
                  - { account: "111122223333", region: eu-central-1 }
                upstreams:
                  mirror: { registry: custom, url: "%s" }
                """.formatted(upstream));
    }

    /**
     * Synthesizes that configuration.
     *
     * @return the cloud assembly's folder
     */
    public static Path synthesize(Path folder, String upstream) throws IOException {
        return synthesize(folder, configure(folder, upstream));
    }

    /** Synthesizes it with more sections of the file. */
    public static Path synthesize(Path folder, String upstream, String sections) throws IOException {
        Path file = configure(folder, upstream);
        return synthesize(folder, Files.writeString(file, sections, StandardOpenOption.APPEND));
    }

    /**
     * Synthesizes it with more sections, for several cells.
     *
     * @param others {@code account/region} of each cell but the one of {@link #configure}
     */
    public static Path synthesizeCells(Path folder, String upstream, String sections, List<String> others)
            throws IOException {
        Path file = configure(folder, upstream);
        String cells = others.stream()
                .map(cell -> cell.split("/"))
                .map(cell -> "  - { account: \"%s\", region: %s }\n".formatted(cell[0], cell[1]))
                .collect(Collectors.joining("", "cells:\n", ""));
        String several = Files.readString(file).replace("cells:\n", cells) + sections;
        return synthesize(folder, Files.writeString(file, several));
    }

    private static Path synthesize(Path folder, Path file) throws IOException {
        Path output = folder.resolve("cdk.out");
        LarderApp.synth(ConfigFile.load(file, Target.LOCAL), ZIP, output);
        return output;
    }
}
