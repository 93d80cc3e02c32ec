package dev.larder.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each sample file is read as it says: without a problem, or with exactly the messages beside it. */
class SamplesTest {
    @TestFactory
    Stream<DynamicTest> aValidSampleLoads() {
        return Samples.in("valid").stream()
                .map(sample -> dynamicTest(
                        sample.toString(),
                        () -> assertNotEquals(
                                0, Samples.parse(sample).upstreams().size())));
    }

    @TestFactory
    Stream<DynamicTest> aBadSampleBringsExactlyItsMessages() {
        return Stream.of("yaml", "structure", "meaning")
                .flatMap(folder -> Samples.in(folder).stream())
                .map(sample -> dynamicTest(sample.toString(), () -> bringsItsMessages(sample)));
    }

    private static void bringsItsMessages(Path sample) {
        InvalidConfigException refused = assertThrows(InvalidConfigException.class, () -> Samples.parse(sample));

        assertEquals(Samples.text(Samples.expected(sample)), refused.getMessage() + "\n");
    }
}
