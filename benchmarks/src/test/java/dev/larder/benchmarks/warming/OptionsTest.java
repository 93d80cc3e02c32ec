package dev.larder.benchmarks.warming;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.domain.upstream.Share;
import dev.larder.domain.warming.Candidates;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {
    @Test
    void withoutOptionsItIsTheDefaultsOfLarder() {
        Options options = Options.parse(List.of("changes.tsv"));
        assertEquals(1000, options.top());
        assertEquals(Candidates.LEAST_WORTH, options.leastWorth());
        assertEquals(Optional.of(new Share(100, Duration.ofHours(6))), options.share());
    }

    @Test
    void everyOptionIsTaken() {
        Options options = Options.parse(List.of(
                "--seed",
                "7",
                "--seeds",
                "3",
                "--top",
                "50",
                "--least-worth",
                "0.5",
                "--budget",
                "100/30m",
                "--reserve",
                "0",
                "--workloads",
                "9",
                "--curve",
                "--calibration",
                "--json",
                "changes.tsv"));
        assertEquals(
                new Options(
                        Path.of("changes.tsv"),
                        7,
                        3,
                        50,
                        0.5,
                        Optional.of(new Share(100, Duration.ofMinutes(30))),
                        9,
                        true,
                        true,
                        true),
                options);
        assertEquals(
                Optional.empty(),
                Options.parse(List.of("f", "--budget", "none")).share());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                    | no file of tag changes is given",
                "a b                   | two files: a and b",
                "a --seed              | --seed needs a value",
                "a --seeds 0           | --seeds is 0; expected 1 to 1000",
                "a --top many          | --top is 'many'; expected a whole number",
                "a --least-worth NaN   | --least-worth is NaN",
                "a --budget 6h         | --budget is '6h'; expected pulls in a time",
                "a --reserve 101       | --reserve is 101; expected 0 to 100",
                "a --faster            | unknown option --faster",
            })
    void aMistakeIsNamed(String line, String expected) {
        List<String> arguments = line.isEmpty() ? List.of() : List.of(line.split(" "));
        String message = assertThrows(IllegalArgumentException.class, () -> Options.parse(arguments))
                .getMessage();
        assertTrue(message.startsWith(expected), message);
    }
}
