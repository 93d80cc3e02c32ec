package dev.larder.domain.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Chars;
import org.junit.jupiter.api.Test;

class GlobTest {
    private static final Path CASES = Path.of("src/test/resources/globs.txt");

    @Test
    void globsMeanWhatTheTableSays() throws IOException {
        for (String line : Files.readAllLines(CASES)) {
            List<String> words = List.of(line.split(" +"));
            if (!line.startsWith("#")) {
                boolean expected = Boolean.parseBoolean(words.get(2));
                assertEquals(expected, new Glob(words.get(0)).matches(words.get(1)), line);
            }
        }
    }

    @Test
    void theFileOfAnOperatorMeansTheSame() throws IOException {
        assertEquals(-1, Files.mismatch(CASES, Path.of("../config").resolve(CASES)), "config has another table");
    }

    @Test
    void aLongGlobOfStarsIsMatchedWithoutTryingEveryWay() {
        String text = "a".repeat(250) + "b";

        assertFalse(new Glob("**a".repeat(80)).matches(text));
    }

    @Property
    void aTextMatchesItself(@ForAll @AlphaChars @Chars({'.', '/', '(', '[', '\\', '$', '+', '?'}) String text) {
        assertTrue(new Glob(text).matches(text));
    }

    @Property
    void twoStarsMatchEverything(@ForAll String text) {
        assertTrue(new Glob("**").matches(text));
    }
}
