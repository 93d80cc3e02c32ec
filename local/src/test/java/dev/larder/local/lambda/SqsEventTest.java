package dev.larder.local.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqsEventTest {
    private static final Set<String> BATCH = Set.of("a", "b", "c");

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            '';                                                                    ''
            null;                                                                  ''
            {};                                                                    ''
            {"batchItemFailures":null};                                            ''
            {"batchItemFailures":[]};                                              ''
            {"batchItemFailures":[{"itemIdentifier":"a"},{"itemIdentifier":"b"}]}; a,b
            {"batchItemFailures":[{"itemIdentifier":""}]};                         a,b,c
            {"batchItemFailures":[{"itemIdentifier":null}]};                       a,b,c
            {"batchItemFailures":[{"id":"a"}]};                                    a,b,c
            {"batchItemFailures":[{"itemIdentifier":"z"}]};                        a,b,c
            no json;                                                               a,b,c
            """)
    void anAnswerIsReadAsTheLambdaGuideHasIt(String answer, String failed) {
        Set<String> expected =
                Arrays.stream(failed.split(",")).filter(id -> !id.isEmpty()).collect(Collectors.toSet());
        assertEquals(expected, SqsEvent.failures(answer, BATCH));
    }

    @Property
    void noAnswerDeletesAMessageThatItNamesAsFailed(@ForAll Set<@net.jqwik.api.constraints.AlphaChars String> named) {
        String items =
                named.stream().map(id -> "{\"itemIdentifier\":\"" + id + "\"}").collect(Collectors.joining(","));
        Set<String> failed = SqsEvent.failures("{\"batchItemFailures\":[" + items + "]}", BATCH);
        assertEquals(BATCH.containsAll(named) ? named : BATCH, failed);
    }
}
