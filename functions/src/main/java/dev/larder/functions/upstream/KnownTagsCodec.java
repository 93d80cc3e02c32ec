package dev.larder.functions.upstream;

import dev.larder.domain.upstream.KnownTags.Seen;
import dev.larder.events.image.Digest;
import dev.larder.events.image.Tag;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * Tags as bytes: deflated lines, sorted, {@code tag TAB firstSeen TAB digest TAB digestAt}, times in epoch milliseconds,
 * the last two empty when nobody looked. 100,000 tags take about half a megabyte.
 */
final class KnownTagsCodec {
    private KnownTagsCodec() {}

    /** The same tags give the same bytes. */
    static byte[] write(Map<Tag, Seen> tags) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Writer lines = new OutputStreamWriter(new DeflaterOutputStream(bytes), StandardCharsets.US_ASCII)) {
            for (Map.Entry<Tag, Seen> entry : new TreeMap<>(tags).entrySet()) {
                Seen seen = entry.getValue();
                lines.write(entry.getKey() + "\t" + seen.firstSeen().toEpochMilli() + "\t"
                        + seen.digest().map(Digest::hex).orElse("") + "\t"
                        + seen.digestAt()
                                .map(at -> String.valueOf(at.toEpochMilli()))
                                .orElse("") + "\n");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("could not write tags", e);
        }
        return bytes.toByteArray();
    }

    /** @throws IllegalStateException when the bytes are no tags */
    static Map<Tag, Seen> read(byte[] bytes) {
        Map<Tag, Seen> tags = new HashMap<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new InflaterInputStream(new ByteArrayInputStream(bytes)), StandardCharsets.US_ASCII))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] fields = line.split("\t", -1);
                if (fields.length != 4) {
                    throw new IllegalStateException("could not read tags: expected four fields, found '" + line + "'");
                }
                tags.put(
                        new Tag(fields[0]),
                        new Seen(
                                Instant.ofEpochMilli(Long.parseLong(fields[1])),
                                Optional.of(fields[2])
                                        .filter(hex -> !hex.isEmpty())
                                        .map(hex -> new Digest("sha256:" + hex)),
                                Optional.of(fields[3])
                                        .filter(millis -> !millis.isEmpty())
                                        .map(millis -> Instant.ofEpochMilli(Long.parseLong(millis)))));
            }
        } catch (IOException e) {
            throw new IllegalStateException("could not read tags of " + bytes.length + " bytes", e);
        }
        return tags;
    }
}
