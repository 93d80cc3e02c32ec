package dev.larder.local.lambda;

import dev.larder.local.oci.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Unpacks functions' zips, each once. */
final class FunctionCode {
    private FunctionCode() {}

    /**
     * The folder with a function's classes and jars.
     *
     * @param source a zip, or a folder that is taken as it is
     * @param target under which zips are unpacked
     * @throws IOException when the zip cannot be read, or its content cannot be written
     */
    static Path unpack(Path source, Path target) throws IOException {
        if (Files.isDirectory(source)) {
            return source;
        }
        if (!Files.exists(source)) {
            throw new IOException(source + " does not exist. Build the functions, then synthesize again.");
        }
        String digest = Sha256.of(Files.readAllBytes(source)).value();
        Path folder = target.resolve(digest.substring(digest.indexOf(':') + 1, digest.indexOf(':') + 17));
        if (Files.isDirectory(folder)) {
            return folder;
        }
        Files.createDirectories(target);
        Path fresh = Files.createTempDirectory(target, "unpacking");
        try (ZipFile zip = new ZipFile(source.toFile())) {
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
                write(zip, entries.nextElement(), fresh);
            }
        }
        Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
        return folder;
    }

    private static void write(ZipFile zip, ZipEntry entry, Path folder) throws IOException {
        Path file = folder.resolve(entry.getName()).normalize();
        if (!file.startsWith(folder)) {
            throw new IOException("the zip's entry " + entry.getName() + " leads out of its folder");
        }
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(file.resolveSibling(""));
        try (InputStream in = zip.getInputStream(entry)) {
            Files.copy(in, file);
        }
    }
}
