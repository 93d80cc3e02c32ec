package dev.larder.infra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.larder.config.ConfigFile;
import dev.larder.config.LarderConfig;
import dev.larder.config.Target;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** What the app makes of the test's configurations; each is synthesized once for all tests, as that takes seconds. */
final class Synthesized {
    static final String STACK = "platform-cache-111122223333-eu-central-1";
    static final String SECOND_STACK = "platform-cache-444455556666-us-east-1";

    private static final JsonMapper JSON = new JsonMapper();

    private Synthesized() {}

    /** The first cell's stack of {@code account.yaml}. */
    static Template account() {
        return Account.TEMPLATE;
    }

    /** The stack of {@code local.yaml}. */
    static Template local() {
        return Local.TEMPLATE;
    }

    /** The whole output for {@code account.yaml}. */
    static Path accountOutput() {
        return Account.OUTPUT;
    }

    static LarderConfig config(String file, Target target) {
        return ConfigFile.parse(text(file), file, target);
    }

    static String text(String resource) {
        try (InputStream stream = Synthesized.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalArgumentException("no test resource " + resource);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path synth(LarderConfig config, Path zip) {
        Path output = folder();
        LarderApp.synth(config, zip, output);
        return output;
    }

    static Template template(Path output, String stack) {
        return new Template(json(output.resolve(stack + ".template.json")));
    }

    static JsonNode json(Path file) {
        try {
            return JSON.readTree(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A zip as small as can be; the same bytes for the same content. */
    static Path zip(String content) {
        Path zip = folder().resolve("functions.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            ZipEntry entry = new ZipEntry("lib/content.txt");
            entry.setTimeLocal(LocalDateTime.of(2026, 1, 1, 0, 0));
            out.putNextEntry(entry);
            out.write(content.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return zip;
    }

    static Path folder() {
        try {
            return Files.createTempDirectory(Path.of("target"), "synth-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Account {
        static final Path OUTPUT = synth(config("account.yaml", Target.ACCOUNT), zip("functions"));
        static final Template TEMPLATE = template(OUTPUT, STACK);
    }

    private static final class Local {
        static final Template TEMPLATE = template(
                synth(config("local.yaml", Target.LOCAL), zip("functions")), "larder-local-111122223333-eu-central-1");
    }
}
