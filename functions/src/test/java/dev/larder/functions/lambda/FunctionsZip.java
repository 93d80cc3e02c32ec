package dev.larder.functions.lambda;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The zip that {@code package} made: what Lambda gets. */
final class FunctionsZip {
    /** Where it is, from the module's folder, in which Maven runs the tests. */
    static final Path PATH = Path.of("target", "larder-functions.zip");

    private FunctionsZip() {}

    /** The names of its files. */
    static List<String> names() throws IOException {
        try (ZipFile zip = new ZipFile(PATH.toFile())) {
            return zip.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(ZipEntry::getName)
                    .sorted()
                    .toList();
        }
    }

    /** Unpacks it, as Lambda does into {@code /var/task}. */
    static void unpack(Path folder) throws IOException {
        try (ZipFile zip = new ZipFile(PATH.toFile())) {
            for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
                ZipEntry entry = all.nextElement();
                Path to = folder.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(to);
                } else {
                    Files.createDirectories(to.getParent());
                    try (InputStream content = zip.getInputStream(entry)) {
                        Files.copy(content, to);
                    }
                }
            }
        }
    }
}
