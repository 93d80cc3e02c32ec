package dev.larder.benchmarks.warming;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TagChangesFileTest {
    private static final String HEAD = "time\trepository\ttag\tkind\tbuild\tplatforms\n";
    private static final String LINE = "2024-09-03T18:14:07Z\tnginx\t1.27\tstart\tb1\tamd64,arm64v8\n";

    @TempDir
    Path folder;

    @Test
    void aLineIsReadWithAllItsColumns() throws IOException {
        TagChanges.Change change = read(HEAD + LINE).changes().getFirst();
        assertEquals(
                "nginx 1.27 START b1 [amd64, arm64v8]",
                change.repository() + " " + change.tag() + " " + change.kind() + " " + change.build() + " "
                        + change.platforms());
        assertEquals("2024-09-03T18:14:07Z", change.time().toString());
    }

    @Test
    void theOrderOfTheLinesDoesNotMatter() throws IOException {
        String later = LINE.replace("09-03", "09-04").replace("start", "moved");
        String other = LINE.replace("nginx", "alpine");
        assertEquals(read(HEAD + other + LINE + later), read(HEAD + later + LINE + other));
    }

    @Test
    void whatOtherSystemsWriteIsReadToo() throws IOException {
        TagChanges plain = read(HEAD + LINE);
        assertEquals(plain, read("\uFEFF" + HEAD.replace("\n", "\r\n") + LINE.replace("\n", "\r\n") + "\r\n"));
        assertEquals(plain, read((HEAD + LINE).strip()));
        Path gzipped = folder.resolve("any-name");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gzipped))) {
            out.write((HEAD + LINE).getBytes(StandardCharsets.UTF_8));
        }
        assertEquals(plain, TagChangesFile.read(gzipped));
    }

    @Test
    void aLineWithoutPlatformsIsOfOne() throws IOException {
        assertEquals(
                List.of("amd64"),
                read(HEAD + LINE.replace("amd64,arm64v8", ""))
                        .changes()
                        .getFirst()
                        .platforms());
        assertEquals(
                List.of("arm64"),
                read(HEAD + LINE.replace("amd64,arm64v8", ",arm64, ,"))
                        .changes()
                        .getFirst()
                        .platforms());
    }

    @Test
    void whatNoRegistryCanHaveIsLeftOutAndCounted() throws IOException {
        TagChanges changes = read(HEAD
                + LINE
                + LINE.replace("1.27", "a/b")
                + LINE.replace("1.27", "-x")
                + LINE.replace("nginx", "Nginx")
                + LINE.replace("nginx", "grafana/loki"));
        assertEquals(3, changes.leftOut());
        assertEquals(
                List.of("grafana/loki", "nginx"),
                changes.changes().stream().map(TagChanges.Change::repository).toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2024-09-03T18:14:07Z | yesterday            | the time 'yesterday'",
                "2024-09-03T18:14:07Z | 1066-10-14T09:00:00Z | the time '1066-10-14T09:00:00Z'",
                "start                | deleted              | the kind 'deleted'",
                "b1                   | ''                   | no build",
            })
    void aBadFieldIsNamedWithItsLine(String field, String bad, String expected) {
        String message = refused(HEAD + LINE + LINE.replace(field, bad));
        assertTrue(message.contains("line 3: " + expected), message);
    }

    @Test
    void aLineWithTooFewColumnsIsNamed() {
        assertTrue(refused(HEAD + "a\tb\n").contains("line 2: 2 columns; expected 6"));
    }

    @Test
    void aFileThatIsNoRecordOfTagChangesIsRefused() {
        assertTrue(refused("").contains("line 1 is missing; expected the columns time, repository"));
        assertTrue(refused("a,b\n").contains("line 1 is 'a,b'"));
        assertTrue(refused(HEAD).contains("no changes"));
        assertTrue(refused(HEAD + LINE.replace("1.27", "a/b")).contains("1 lines have"));
    }

    private String refused(String text) {
        return assertThrows(IllegalArgumentException.class, () -> read(text)).getMessage();
    }

    private TagChanges read(String text) throws IOException {
        return TagChangesFile.read(Files.writeString(folder.resolve("changes.tsv"), text));
    }
}
