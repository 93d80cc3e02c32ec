package dev.larder.local.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.joda.time.DateTime;

/** Packs test classes as a function's zip: classes in a jar's place, Lambda's libraries in {@code lib}. */
public final class FunctionZip {
    private FunctionZip() {}

    /** Writes a zip with the classes and what they need of Lambda. */
    public static Path write(Path file, Class<?>... classes) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Class<?> type : classes) {
                String name = type.getName().replace('.', '/') + ".class";
                zip.putNextEntry(new ZipEntry(name));
                try (InputStream in = type.getResourceAsStream("/" + name)) {
                    in.transferTo(zip);
                }
            }
            for (Class<?> library : List.of(Context.class, SQSEvent.class, DateTime.class)) {
                Path jar = Path.of(library.getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI());
                zip.putNextEntry(new ZipEntry("lib/" + jar.getFileName()));
                Files.copy(jar, zip);
            }
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
        return file;
    }
}
