package dev.larder.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

/** The small texts of the file: durations, sizes, globs, schedules, suggestions. */
class TextsTest {
    @Property
    void aWrittenDurationReadsAsTheSame(
            @ForAll @LongRange(min = 1, max = 3650) long amount, @ForAll("seconds") long unit) {
        Duration duration = Duration.ofSeconds(amount * unit);

        assertEquals(duration, Durations.read(Durations.write(duration)));
    }

    @Property
    void aWrittenSizeReadsAsTheSame(@ForAll @LongRange(min = 1, max = 4096) long amount, @ForAll("bytes") long unit) {
        assertEquals(amount * unit, ByteSizes.read(ByteSizes.write(amount * unit)));
    }

    @Example
    void sizesAreDecimalOrBinaryAsTheUnitSays() {
        assertEquals(500_000_000_000L, ByteSizes.read("500GB"));
        assertEquals(500L << 30, ByteSizes.read("500GiB"));
        assertEquals(1L << 62, ByteSizes.read("4096PiB"));
        assertThrows(UnexpectedText.class, () -> ByteSizes.read("4097PiB"));
        assertEquals("1TB", ByteSizes.write(1_000_000_000_000L));
        assertEquals("512GiB", ByteSizes.write(512L << 30));
    }

    @Property
    void aGlobMeansWhatTheSameRegularExpressionMeans(@ForAll("globs") String glob, @ForAll("texts") String text) {
        String expression = glob.replace("**", "\u0000").replace("*", "[^/]*").replace("\u0000", ".*");

        assertEquals(Pattern.matches(expression, text), Globs.matches(glob, text));
    }

    @Property
    void aGlobThatMatchesALongerTextReachesItsBeginning(
            @ForAll("globs") String glob, @ForAll("texts") String start, @ForAll("texts") String rest) {
        if (!rest.isEmpty() && Globs.matches(glob, start + rest)) {
            assertTrue(Globs.reaches(glob, start));
        }
    }

    @Example
    void aGlobReachesAPrefixWhenSomethingBehindItCouldMatch() {
        for (String glob : List.of("**", "quay/*", "quay/a", "*/a", "q**", "*uay/**")) {
            assertTrue(Globs.reaches(glob, "quay/"), glob);
        }
        for (String glob : List.of("quay", "quay*", "*", "quay/", "quay-more/**", "a/**", "")) {
            assertFalse(Globs.reaches(glob, "quay/"), glob);
        }
    }

    @Example
    void globsMeanWhatTheTableSays() throws IOException {
        for (String line : Files.readAllLines(Path.of("src/test/resources/globs.txt"))) {
            List<String> words = List.of(line.split(" +"));
            if (!line.startsWith("#")) {
                assertEquals(Boolean.parseBoolean(words.get(2)), Globs.matches(words.get(0), words.get(1)), line);
            }
        }
    }

    @Example
    void aLongGlobOfStarsIsMatchedWithoutTryingEveryWay() {
        String text = "a".repeat(250) + "b";

        assertFalse(Globs.matches("**a".repeat(80), text));
    }

    @Example
    void schedulesOfTheUserGuideAreTaken() {
        List<String> documented = List.of(
                "rate(5 minutes)",
                "rate(1 hour)",
                "rate(7 days)",
                "cron(15 10 * * ? *)",
                "cron(0 18 ? * MON-FRI *)",
                "cron(0 8 1 * ? *)",
                "cron(0/10 * ? * MON-FRI *)",
                "cron(0/5 8-17 ? * MON-FRI *)",
                "cron(0 9 ? * 2#1 *)",
                "cron(0 8 3W * ? *)",
                "cron(0 0 L * ? *)",
                "cron(15 10 ? * 6L 2022-2023)");

        documented.forEach(schedule -> assertEquals(schedule, Schedules.read(schedule)));
    }

    @Example
    void schedulesThatTheSchedulerWouldRefuseAreRefused() {
        List<String> wrong = List.of(
                "rate(1 hours)",
                "rate(2 hour)",
                "rate(0 minutes)",
                "rate(1 week)",
                "rate(5 minutes",
                "at(2026-01-01T00:00:00)",
                "cron(0 6 * * *)",
                "cron(60 6 * * ? *)",
                "cron(0 24 * * ? *)",
                "cron(0 6 0 * ? *)",
                "cron(0 6 32W * ? *)",
                "cron(0 6 * 13 ? *)",
                "cron(0 6 * MOON ? *)",
                "cron(0 6 ? * 8 *)",
                "cron(0 6 ? * 2#6 *)",
                "cron(0 6 ? * 3#1,6#3 *)",
                "cron(0 6 * * ? 1969)",
                "cron(0 6 * * ? 2200)",
                "cron(0 6 * * * *)",
                "cron(0 6 ? * ? *)",
                "cron(0/0 6 * * ? *)",
                "cron(5-1 6 * * ? *)",
                "cron(1-2-3 6 * * ? *)",
                "cron(,1 6 * * ? *)",
                "cron(L 6 * * ? *)",
                "cron( 0 6 * * ? *)",
                "cron(0 6 * * ? )",
                "cron( 6 * * ? *)");

        wrong.forEach(schedule -> assertThrows(UnexpectedText.class, () -> Schedules.read(schedule), schedule));
    }

    @Example
    void aMistypedWordBringsTheOneThatWasMeant() {
        List<String> known = List.of("halfLife", "exclude");

        assertEquals(Optional.of("halfLife"), Suggestion.of("halflife", known));
        assertEquals(Optional.of("exclude"), Suggestion.of("exlude", known));
        assertEquals(Optional.empty(), Suggestion.of("colour", known));
        assertEquals(3, Suggestion.distance("kitten", "sitting"));
    }

    @Provide
    Arbitrary<Long> seconds() {
        return Arbitraries.of(1L, 60L, 3_600L, 86_400L);
    }

    @Provide
    Arbitrary<Long> bytes() {
        return Arbitraries.of(1L, 1_000L, 1L << 10, 1_000_000_000L, 1L << 30, 1_000_000_000_000_000L, 1L << 50);
    }

    @Provide
    Arbitrary<String> globs() {
        return Arbitraries.of("a", "b", "/", "*", "**").list().ofMaxSize(6).map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("ab/").ofMaxLength(6);
    }
}
