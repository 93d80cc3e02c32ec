package dev.larder.events;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.larder.testevents.TestEvents;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class BrokenDocumentsTest {
    private static final Object[] WRONG = {
        null, "", "x", 7, 1.5, true, List.of(), Map.of(), List.of("x"), List.of(Map.of()), Map.of("a", List.of())
    };

    @Property
    void aDocumentWithOneWrongValueIsReadOrRefusedWithItsPath(@ForAll("documents") String name, @ForAll Random random)
            throws IOException {
        Object broken = replaceOne(JSON.std.anyFrom(TestEvents.json(name)), random);
        assertReadOrRefused(JSON.std.asString(broken));
    }

    @Property
    void aDocumentThatWasCutOffIsReadOrRefused(@ForAll("documents") String name, @ForAll Random random) {
        String json = TestEvents.json(name);
        assertReadOrRefused(json.substring(0, random.nextInt(json.length() + 1)));
    }

    @Property
    void anyTextIsReadOrRefused(@ForAll String text) {
        assertReadOrRefused(text);
    }

    @Provide
    Arbitrary<String> documents() {
        return Arbitraries.of(TestEvents.names().stream()
                .filter(name -> !name.startsWith("malformed/"))
                .toList());
    }

    private static void assertReadOrRefused(String json) {
        try {
            assertNotNull(EventParser.parse(json));
        } catch (MalformedEventException refused) {
            assertTrue(refused.path().startsWith("$"), refused.getMessage());
            assertTrue(refused.getMessage().contains("expected "), refused.getMessage());
        }
    }

    /** Walks down at random and puts something else where it stops. */
    private static Object replaceOne(Object node, Random random) {
        boolean stop = random.nextInt(4) == 0;
        if (!stop && node instanceof Map<?, ?> object && !object.isEmpty()) {
            Map<Object, Object> copy = new HashMap<>(object);
            Object key = new ArrayList<>(copy.keySet()).get(random.nextInt(copy.size()));
            copy.put(key, replaceOne(copy.get(key), random));
            return copy;
        }
        if (!stop && node instanceof List<?> list && !list.isEmpty()) {
            List<Object> copy = new ArrayList<>(list);
            int index = random.nextInt(copy.size());
            copy.set(index, replaceOne(copy.get(index), random));
            return copy;
        }
        return WRONG[random.nextInt(WRONG.length)];
    }
}
