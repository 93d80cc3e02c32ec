package dev.larder.functions.usage;

import dev.larder.domain.usage.Caller;
import dev.larder.domain.usage.EventHash;
import dev.larder.domain.usage.Fact;
import dev.larder.domain.usage.Fact.Fetch;
import dev.larder.domain.usage.Fact.Sync;
import dev.larder.domain.usage.LogHour;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Tagged;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * Facts of one hour as bytes, small, since DynamoDB bills by the kilobyte: names once in a dictionary, then column by
 * column, deflated. In batches of 100 to 500 facts each takes 28 to 17 bytes, eight of them the event's hash.
 *
 * <p>Format: one byte version; deflated: the hour's start (epoch seconds, long), the dictionary (count, then modified
 * UTF-8), the number of facts, and for all facts in turn: flags (one byte), milliseconds into the hour (int), image,
 * principal, session, error (each a short into the dictionary, 0 for none), hash (long).
 */
final class FactCodec {
    private static final int VERSION = 1;
    private static final int SYNC = 1;
    private static final int REGISTRY = 2;

    private FactCodec() {}

    static byte[] write(LogHour hour, List<Fact> facts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(VERSION);
        try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(bytes))) {
            Dictionary names = new Dictionary();
            List<Row> rows = facts.stream().map(fact -> row(hour, fact, names)).toList();
            out.writeLong(hour.start().getEpochSecond());
            names.write(out);
            out.writeInt(rows.size());
            for (Row row : rows) {
                out.writeByte(row.flags);
            }
            for (Row row : rows) {
                out.writeInt(row.millis);
            }
            for (int column = 0; column < Row.NAMES; column++) {
                for (Row row : rows) {
                    out.writeShort(row.names[column]);
                }
            }
            for (Row row : rows) {
                out.writeLong(row.hash);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException("could not write into memory", impossible);
        }
        return bytes.toByteArray();
    }

    /** @throws IllegalArgumentException when the bytes are something else, or of a later version */
    static List<Fact> read(byte[] bytes) {
        if (bytes.length == 0 || bytes[0] != VERSION) {
            throw new IllegalArgumentException("not facts of version " + VERSION + ": they begin with "
                    + (bytes.length == 0 ? "nothing" : bytes[0])
                    + "; deploy the version that wrote them, or a later one");
        }
        try (DataInputStream in =
                new DataInputStream(new InflaterInputStream(new ByteArrayInputStream(bytes, 1, bytes.length - 1)))) {
            Instant start = Instant.ofEpochSecond(in.readLong());
            Dictionary names = Dictionary.read(in);
            List<Row> rows = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                rows.add(new Row(in.readByte()));
            }
            for (Row row : rows) {
                row.millis = in.readInt();
            }
            for (int column = 0; column < Row.NAMES; column++) {
                for (Row row : rows) {
                    row.names[column] = in.readUnsignedShort();
                }
            }
            for (Row row : rows) {
                row.hash = in.readLong();
            }
            return rows.stream().map(row -> fact(start, row, names)).toList();
        } catch (IOException broken) {
            throw new IllegalArgumentException("the facts are cut off or broken: " + broken.getMessage(), broken);
        }
    }

    private static Row row(LogHour hour, Fact fact, Dictionary names) {
        return switch (fact) {
            case Fetch(var image, var caller, var event, var time, var registry, var error) -> {
                Row row = new Row(registry ? REGISTRY : 0);
                row.millis = millis(hour, time);
                row.names[Row.IMAGE] = names.add(image.toString());
                row.names[Row.PRINCIPAL] = names.add(caller.principal());
                row.names[Row.SESSION] = caller.session().map(names::add).orElse(0);
                row.names[Row.ERROR] = error.map(names::add).orElse(0);
                row.hash = event.value();
                yield row;
            }
            case Sync(var image, var event, var time, var failure) -> {
                Row row = new Row(SYNC);
                row.millis = millis(hour, time);
                row.names[Row.IMAGE] = names.add(image.toString());
                row.names[Row.ERROR] = failure.map(names::add).orElse(0);
                row.hash = event.value();
                yield row;
            }
        };
    }

    private static Fact fact(Instant start, Row row, Dictionary names) {
        ImageReference image = names.image(row.names[Row.IMAGE]);
        Instant time = start.plusMillis(row.millis);
        Optional<String> error = names.name(row.names[Row.ERROR]);
        EventHash hash = new EventHash(row.hash);
        if ((row.flags & SYNC) != 0) {
            return new Sync((Tagged) image, hash, time, error);
        }
        Caller caller =
                new Caller(names.name(row.names[Row.PRINCIPAL]).orElseThrow(), names.name(row.names[Row.SESSION]));
        return new Fetch(image, caller, hash, time, (row.flags & REGISTRY) != 0, error);
    }

    private static int millis(LogHour hour, Instant time) {
        return Math.toIntExact(Duration.between(hour.start(), time).toMillis());
    }

    private static final class Row {
        static final int IMAGE = 0;
        static final int PRINCIPAL = 1;
        static final int SESSION = 2;
        static final int ERROR = 3;
        static final int NAMES = 4;

        final int flags;
        final int[] names = new int[NAMES];
        int millis;
        long hash;

        Row(int flags) {
            this.flags = flags;
        }
    }
}
