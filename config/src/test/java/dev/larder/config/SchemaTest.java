package dev.larder.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The schema that editors use and the reader that Larder uses agree on what a configuration looks like. */
class SchemaTest {
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(SchemaTest.class.getResourceAsStream("larder.schema.json"), InputFormat.JSON);

    @TestFactory
    Stream<DynamicTest> theSchemaTakesWhatTheReaderTakes() {
        return Stream.concat(Samples.in("valid").stream(), Stream.of(Path.of("..", "larder.yaml")))
                .map(sample -> dynamicTest(sample.toString(), () -> assertEquals(List.of(), errors(sample))));
    }

    @TestFactory
    Stream<DynamicTest> theSchemaRefusesAWrongStructure() {
        return Samples.in("structure").stream()
                .map(sample -> dynamicTest(
                        sample.toString(), () -> assertFalse(errors(sample).isEmpty())));
    }

    @TestFactory
    Stream<DynamicTest> aWrongMeaningIsOnlyForTheReader() {
        return Samples.in("meaning").stream()
                .map(sample -> dynamicTest(sample.toString(), () -> assertEquals(List.of(), errors(sample))));
    }

    @Test
    void theSchemaAndTheReaderKnowTheSameKeys() {
        Map<String, Set<String>> read = new HashMap<>();
        read.put("", Set.copyOf(FileBinder.KEYS));
        read.put("cell", Set.copyOf(CellsBinder.KEYS));
        read.put("upstream", Set.copyOf(UpstreamBinder.KEYS));
        read.put("budget", Set.copyOf(BudgetBinder.KEYS));
        read.put("usage", Set.copyOf(UsageBinder.KEYS));
        read.put("warm", Set.copyOf(WarmBinder.KEYS));
        read.put("track", Set.copyOf(TrackBinder.KEYS));
        read.put("popular", Set.copyOf(WarmBinder.POPULAR_KEYS));
        read.put("warmLimits", Set.copyOf(WarmBinder.LIMITS_KEYS));
        read.put("lifecycle", Set.copyOf(LifecycleBinder.KEYS));
        read.put("evict", Set.copyOf(LifecycleBinder.EVICT_KEYS));
        read.put("limits", Set.copyOf(LifecycleBinder.LIMITS_KEYS));
        read.put("prices", Set.copyOf(PricesBinder.KEYS));
        read.put("rule", Set.copyOf(RulesBinder.KEYS));
        read.put("quota", Set.copyOf(QuotasBinder.KEYS));

        read.put("repositories", Set.copyOf(RepositoriesBinder.KEYS));
        read.put("expire", Set.copyOf(ExpireBinder.KEYS));
        read.put("statement", Set.copyOf(StatementBinder.KEYS));
        read.put("tagMutability", Set.copyOf(RepositoriesBinder.MUTABILITY_KEYS));
        read.put("encryption", Set.copyOf(RepositoriesBinder.ENCRYPTION_KEYS));

        JsonNode schema = SCHEMA.getSchemaNode();
        Map<String, Set<String>> described = new HashMap<>();
        described.put("", keys(schema));
        schema.get("$defs").forEachEntry((name, definition) -> {
            if (definition.has("properties")) {
                described.put(name, keys(definition));
            }
        });

        assertEquals(described, read);
    }

    @Test
    void everyKeyOfTheSchemaHasADescription() {
        Set<String> without = new HashSet<>();
        JsonNode definitions = SCHEMA.getSchemaNode().get("$defs");
        definitions.forEachEntry((name, definition) -> {
            if (definition.has("properties")) {
                definition.get("properties").forEachEntry((key, value) -> {
                    boolean described =
                            value.has("description") || definitions.path(key).has("description");
                    if (!described) {
                        without.add(name + "." + key);
                    }
                });
            }
        });

        assertEquals(Set.of(), without);
    }

    @Test
    void theSchemaNamesTheRegistriesThatTheReaderKnows() {
        JsonNode values = SCHEMA.getSchemaNode().at("/$defs/upstream/properties/registry/enum");

        assertEquals(
                Registries.ids(),
                values.valueStream().map(JsonNode::stringValue).toList());
    }

    private static Set<String> keys(JsonNode object) {
        Collection<String> names = object.get("properties").propertyNames();
        return Set.copyOf(names);
    }

    @Property(tries = 2000)
    void whatTheReaderTakesOfADamagedSampleTheSchemaTakesToo(@ForAll("damaged") String text) {
        if (isTaken(text)) {
            assertEquals(List.of(), errors(text));
        }
    }

    /** A valid sample with one character changed: often still valid, and near the edge of what is. */
    @Provide
    Arbitrary<String> damaged() {
        String sample = Samples.text(Path.of("src/test/resources/samples/valid/every-key.yaml"));
        Arbitrary<Character> noise = Arbitraries.chars().with("aZ09 -_./:*?,%@+=sdh\n");
        return Combinators.combine(Arbitraries.integers().between(0, sample.length() - 1), noise)
                .as((place, c) -> sample.substring(0, place) + c + sample.substring(place + 1));
    }

    private static boolean isTaken(String text) {
        try {
            ConfigFile.parse(text, "damaged.yaml", Target.LOCAL);
            return true;
        } catch (InvalidConfigException e) {
            return false;
        }
    }

    private static List<Error> errors(Path sample) {
        return errors(Samples.text(sample));
    }

    private static List<Error> errors(String text) {
        Object value = new Load(LoadSettings.builder().build()).loadFromString(text);
        return SCHEMA.validate(JsonMapper.shared().valueToTree(value));
    }
}
