package dev.larder.local.cloud;

import dev.larder.config.ConfigFile;
import dev.larder.config.Target;
import dev.larder.infra.LarderApp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

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

    /** Synthesizes a configuration of two cells that tell each other what is popular: the one of {@link #configure}, and another. */
    static Path synthesizeTwoCells(Path folder, String upstream) throws IOException {
        Path file = configure(folder, upstream);
        String cells = "cells:\n  - { account: \"444455556666\", region: us-east-1 }\n";
        String two = Files.readString(file).replace("cells:\n", cells) + "warm: { cells: all }\n";
        return synthesize(folder, Files.writeString(file, two));
    }

    private static Path synthesize(Path folder, Path file) throws IOException {
        Path output = folder.resolve("cdk.out");
        LarderApp.synth(ConfigFile.load(file, Target.LOCAL), ZIP, output);
        return output;
    }
}
