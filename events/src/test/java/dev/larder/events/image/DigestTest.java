package dev.larder.events.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class DigestTest {
    private static final Pattern SHA256 = Pattern.compile("sha256:[0-9a-f]{64}");

    /** Digests, and what is nearly one. */
    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> hex =
                Arbitraries.strings().withChars("0123456789abcdef").ofLength(64);
        Arbitrary<String> wrong = Arbitraries.of("g", "/", ":", "`", "{", "F", "A", "", "00");
        Arbitrary<String> nearly =
                hex.flatMap(text -> wrong.map(instead -> text.substring(0, 30) + instead + text.substring(31)));
        return Arbitraries.oneOf(hex, nearly, Arbitraries.strings().ofMaxLength(3))
                .flatMap(text -> Arbitraries.of("sha256:", "sha512:", "sha256", "SHA256:", "")
                        .map(algorithm -> algorithm + text));
    }

    @Property
    void aDigestIsWhatThePatternSays(@ForAll @From("texts") String text) {
        assertEquals(SHA256.matcher(text).matches(), Digest.isDigest(text), text);
    }
}
