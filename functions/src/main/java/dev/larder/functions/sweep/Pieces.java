package dev.larder.functions.sweep;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.larder.functions.table.Attributes;
import dev.larder.functions.table.Item;
import dev.larder.functions.table.Key;
import dev.larder.functions.table.Table;
import dev.larder.functions.table.Values;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What came of the pieces of a run, in the table: compressed JSON, over as many items as it takes, and one small item that
 * says that a piece is done. That item is written last, so a piece whose worker died is not done, and is done again.
 */
public final class Pieces {
    /** An item holds 400 KB (DynamoDB's quotas); the rest is for its key and names. */
    private static final int CHUNK = 380_000;

    static final Duration KEPT = Duration.ofDays(7);

    private final Table table;

    /** @param table the cell's */
    public Pieces(Table table) {
        this.table = table;
    }

    /** What a piece is of. */
    public enum Kind {
        /** Repositories that were planned. */
        PLAN("plan"),
        /** What goes of all that was planned; a run has one. */
        SELECT("select"),
        /** Groups that were dealt with. */
        EVICT("evict");

        private final String text;

        Kind(String text) {
            this.text = text;
        }
    }

    /**
     * Takes the right to be at work at a piece.
     *
     * @return none when somebody else has it
     */
    public Optional<PieceLease> take(String run, Kind kind, int number, Instant now) {
        return PieceLease.take(table, new Key(of(run), "lease#" + name(kind, number)), now);
    }

    /** Whether a piece is done. */
    public boolean isDone(String run, Kind kind, int number) {
        return table.get(done(run, kind, number)).isPresent();
    }

    /**
     * A piece is done; of two that are at the same time, the first one counts.
     *
     * @param result what came of it, as jackson-jr writes it
     */
    public void done(String run, Kind kind, int number, Map<String, Object> result, Instant now) {
        byte[] bytes = compress(result);
        String attempt = UUID.randomUUID().toString();
        for (int from = 0; from < bytes.length; from += CHUNK) {
            Map<String, AttributeValue> item = new HashMap<>(
                    chunk(run, name(kind, number), attempt, from / CHUNK).attributes());
            item.put(
                    Attributes.RESULT,
                    AttributeValue.fromB(SdkBytes.fromByteArray(
                            Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + CHUNK)))));
            item.put(Attributes.EXPIRES_AT, Values.expiry(now.plus(KEPT)));
            table.put(item);
        }
        Map<String, AttributeValue> item = new HashMap<>(done(run, kind, number).attributes());
        item.put(Attributes.PIECES, Values.number((bytes.length + CHUNK - 1) / CHUNK));
        item.put(Attributes.ATTEMPT, Values.text(attempt));
        item.put(Attributes.DONE_AT, Values.instant(now));
        item.put(Attributes.EXPIRES_AT, Values.expiry(now.plus(KEPT)));
        table.put(item, "attribute_not_exists(pk)", Map.of());
    }

    private static Key chunk(String run, String name, String attempt, int number) {
        return new Key(of(run), name + "#" + attempt + String.format("#%04d", number));
    }

    /** How many pieces of a run are done. */
    public int countDone(String run, Kind kind) {
        return (int)
                table.consistentPartition(of(run), "done#" + kind.text + "#").count();
    }

    /** When the last piece of a run was done, of whatever kind; absent when none is. */
    public Optional<Instant> lastDone(String run) {
        return table.consistentPartition(of(run), "done#")
                .flatMap(item -> item.instant(Attributes.DONE_AT).stream())
                .max(Comparator.naturalOrder());
    }

    /** What came of all pieces that are done, one after the other as they are consumed. */
    public Stream<Map<String, Object>> results(String run, Kind kind) {
        return table.consistentPartition(of(run), "done#" + kind.text + "#").map(done -> result(run, done));
    }

    private Map<String, Object> result(String run, Item done) {
        String name = done.key().sk().substring("done#".length());
        int chunks = (int) done.whole(Attributes.PIECES).orElse(0);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int chunk = 0; chunk < chunks; chunk++) {
            Key key = chunk(run, name, done.required(Attributes.ATTEMPT), chunk);
            Item item = table.get(key)
                    .orElseThrow(() -> new IllegalStateException("the table lost " + key + " of the run " + run));
            bytes.writeBytes(item.bytes(Attributes.RESULT));
        }
        return decompress(bytes.toByteArray());
    }

    private static String of(String run) {
        return "work#" + run;
    }

    private static String name(Kind kind, int number) {
        return String.format("%s#%08d", kind.text, number);
    }

    private static Key done(String run, Kind kind, int number) {
        return new Key(of(run), "done#" + name(kind, number));
    }

    private static byte[] compress(Map<String, Object> result) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(JSON.std.asBytes(result));
        } catch (IOException impossible) {
            throw new UncheckedIOException("could not compress to memory", impossible);
        }
        return bytes.toByteArray();
    }

    private static Map<String, Object> decompress(byte[] bytes) {
        try (GZIPInputStream zip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return JSON.std.mapFrom(zip);
        } catch (IOException broken) {
            throw new UncheckedIOException("what came of a piece of a run cannot be read back", broken);
        }
    }
}
