package dev.larder.functions.usage;

import dev.larder.domain.usage.UsageRow;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * Rows of a summary as bytes, small.
 *
 * <p>Format: one byte version; deflated: the dictionary, the number of rows, and for each its image, principal and workload
 * (each a short into the dictionary, 0 for none), pulls, cold, stale, failed, bytes (each a long).
 */
final class RowCodec {
    private static final int VERSION = 1;

    private RowCodec() {}

    static byte[] write(List<UsageRow> rows) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(VERSION);
        try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(bytes))) {
            Dictionary names = new Dictionary();
            for (UsageRow row : rows) {
                names.add(row.image().toString());
                names.add(row.principal());
                row.workload().ifPresent(names::add);
            }
            names.write(out);
            out.writeInt(rows.size());
            for (UsageRow row : rows) {
                out.writeShort(names.add(row.image().toString()));
                out.writeShort(names.add(row.principal()));
                out.writeShort(row.workload().map(names::add).orElse(0));
                out.writeLong(row.pulls());
                out.writeLong(row.cold());
                out.writeLong(row.stale());
                out.writeLong(row.failed());
                out.writeLong(row.bytes());
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException("could not write into memory", impossible);
        }
        return bytes.toByteArray();
    }

    /** @throws IllegalArgumentException when the bytes are something else, or of a later version */
    static List<UsageRow> read(byte[] bytes) {
        if (bytes.length == 0 || bytes[0] != VERSION) {
            throw new IllegalArgumentException("not a summary of version " + VERSION);
        }
        try (DataInputStream in =
                new DataInputStream(new InflaterInputStream(new ByteArrayInputStream(bytes, 1, bytes.length - 1)))) {
            Dictionary names = Dictionary.read(in);
            List<UsageRow> rows = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                rows.add(new UsageRow(
                        names.image(in.readUnsignedShort()),
                        names.name(in.readUnsignedShort()).orElseThrow(),
                        names.name(in.readUnsignedShort()),
                        in.readLong(),
                        in.readLong(),
                        in.readLong(),
                        in.readLong(),
                        in.readLong()));
            }
            return rows;
        } catch (IOException broken) {
            throw new IllegalArgumentException("the summary is cut off or broken: " + broken.getMessage(), broken);
        }
    }
}
