package dev.larder.local.template;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.larder.local.front.Json;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnownPropertiesTest {
    private static final KnownProperties KNOWN = new KnownProperties(
            Set.of("Name", "Targets[].Arn", "Environment.Variables.*", "Policy.**", "Roles[]", "Ttl.Enabled"));

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            {"Name":"a","Roles":["r"],"Ttl":{"Enabled":true}};
            {"Environment":{"Variables":{"ANY":"x","Other.One":"y"}}};
            {"Policy":{"Statement":[{"Action":["*"]}]}};
            {"Targets":[{"Arn":"a"},{"Arn":"b"}]};
            {"Nome":"a"};                                             Nome
            {"Targets":[{"Arn":"a"},{"Arn":"b","Input":"{}"}]};       Targets[1].Input
            {"Ttl":{"Enabled":true,"Attribute":"x"}};                 Ttl.Attribute
            {"Name":{"Inner":"x"}};                                   Name.Inner
            {"Environment":{"Secrets":{"A":"b"}}};                    Environment.Secrets
            """)
    void theFirstPathThatNobodyKnowsIsFound(String properties, String unknown) {
        assertEquals(Optional.ofNullable(unknown), KNOWN.firstUnknown(Json.read(properties)));
    }
}
