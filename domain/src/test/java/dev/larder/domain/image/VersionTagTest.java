package dev.larder.domain.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.events.image.Tag;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The tags are those of official images. */
class VersionTagTest {
    @ParameterizedTest
    @CsvSource({
        "1.27,                      X.Y",
        "1.27.3,                    X.Y.Z",
        "1.27.3-alpine3.20,         X.Y.Z-alpine",
        "1.27.4-alpine3.21,         X.Y.Z-alpine",
        "1.27.4-alpine,             X.Y.Z-alpine",
        "3.13.0rc2-slim-bookworm,   X.Y.Zrc-slim-bookworm",
        "ce-7.1.0.5,                ce-X.Y.Z.N",
        "ce-7.1.0.5_1,              ce-X.Y.Z.N.N",
        "17.0.12_7-jdk-jammy,       X.Y.Z.N-jdk-jammy",
        "8.10-minimal-20240723,     X.Y-minimal-DATE",
        "20240612,                  DATE",
        "2024-06-12,                DATE",
        "2024-06-12-alpine,         DATE-alpine",
        "1.27-2024-06-12,           X.Y-DATE",
        "RELEASE.2024-06-13T22-53-53Z, RELEASE.DATET",
        "bookworm-20240812-slim,    bookworm-DATE-slim",
        "v3.1.2,                    vX.Y.Z",
        "8,                         X",
    })
    void aFamilyIsTheTagWithoutItsVersions(String tag, String family) {
        assertEquals(family, VersionTag.of(new Tag(tag)).orElseThrow().family());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "latest",
                "bookworm",
                "latest-pg17",
                "alpine3.20",
                "stable-slim",
                "4f2b7e9d1c3a5b6d8e0f4f2b7e9d1c3a5b6d8e0f",
                "nightly-4f2b7e9",
                "sha256-0123456789012345678901234567890123456789012345678901234567890123",
                "sha256-0123456789012345678901234567890123456789012345678901234567890123.sig"
            })
    void aTagWithoutAVersionHasNoFamily(String tag) {
        assertEquals(Optional.empty(), VersionTag.of(new Tag(tag)));
    }

    @ParameterizedTest
    @CsvSource({
        "1.27.9,            1.27.10",
        "1.27.3-alpine3.20, 1.27.4-alpine3.19",
        "1.27.3-alpine3.9,  1.27.3-alpine3.20",
        "20240131,          20240612",
        "2024-12-31,        2025-01-01",
        "RELEASE.2024-12-18T13-15-44Z, RELEASE.2025-01-03T09-01-02Z",
        "3.13.0rc2,         3.13.0rc10",
        "17.0.12_7,         17.0.12_10",
    })
    void theOlderVersionComesFirst(String older, String newer) {
        assertTrue(read(older).compareTo(read(newer)) < 0);
        assertTrue(read(newer).compareTo(read(older)) > 0);
    }

    @Property
    void theNumbersDoNotMatterToTheFamily(
            @ForAll @IntRange(max = 9999) int x, @ForAll @IntRange(max = 9999) int y, @ForAll("suffix") String suffix) {
        assertEquals(read("1.2" + suffix).family(), read(x + "." + y + suffix).family());
    }

    @Property
    void anyTagIsReadWithoutComplaint(@ForAll("tag") Tag tag) {
        VersionTag.of(tag).ifPresent(version -> assertEquals(tag, version.tag()));
    }

    @Property
    void theOrderIsTotalWhateverTheOrderBefore(@ForAll("versions") List<Tag> tags) {
        List<VersionTag> sorted = tags.stream()
                .flatMap(tag -> VersionTag.of(tag).stream())
                .sorted()
                .toList();
        List<VersionTag> shuffled = new ArrayList<>(sorted);
        Collections.reverse(shuffled);
        Collections.sort(shuffled);
        assertEquals(sorted, shuffled);
        for (int i = 0; i < sorted.size(); i++) {
            for (int j = i; j < sorted.size(); j++) {
                assertTrue(sorted.get(i).compareTo(sorted.get(j)) <= 0);
            }
        }
    }

    @Provide
    static Arbitrary<String> suffix() {
        return Arbitraries.of("", "-alpine", "-slim-bookworm", "-alpine3.20", "-windowsservercore-ltsc2022", "-ubi9");
    }

    @Provide
    static Arbitrary<Tag> tag() {
        return Arbitraries.strings()
                .withCharRange('a', 'f')
                .withCharRange('0', '9')
                .withChars("_.-vrcXYZ")
                .ofMinLength(1)
                .ofMaxLength(40)
                .filter(text -> !text.startsWith(".") && !text.startsWith("-"))
                .map(Tag::new);
    }

    @Provide
    static Arbitrary<List<Tag>> versions() {
        Arbitrary<Integer> number = Arbitraries.integers().between(0, 12);
        return Combinators.combine(number, number, suffix())
                .as((x, y, suffix) -> new Tag(x + "." + y + suffix))
                .list()
                .ofMaxSize(12);
    }

    private static VersionTag read(String tag) {
        return VersionTag.of(new Tag(tag)).orElseThrow();
    }
}
