package dev.larder.config;

import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** YAML as a text: one document, of bounded size and depth, as nodes that know their place. */
final class YamlText {
    /** Characters and bytes; a configuration with 50 upstreams and long lists has about 20,000. */
    static final int MAXIMUM_LENGTH = 1 << 20;

    private static final int MAXIMUM_DEPTH = 20;
    private static final int MAXIMUM_ALIASES = 50;

    private YamlText() {}

    /** The one document's root; empty, with a problem added, when there is none. */
    static Optional<Node> root(String text, Problems problems) {
        if (text.length() > MAXIMUM_LENGTH) {
            problems.add("", Optional.empty(), text.length() + " characters", "at most " + MAXIMUM_LENGTH);
            return Optional.empty();
        }
        try {
            return isOneShallowDocument(text, problems)
                    ? new Compose(settings(text)).composeString(text)
                    : Optional.empty();
        } catch (MarkedYamlEngineException e) {
            problems.add("", e.getProblemMark(), "text that is not YAML: " + Shown.line(e.getProblem()), "YAML");
        } catch (YamlEngineException e) {
            problems.add(
                    "",
                    Optional.empty(),
                    "text that is not YAML: " + Shown.line(String.valueOf(e.getMessage())),
                    "YAML");
        }
        return Optional.empty();
    }

    /**
     * The buffer holds the whole text: snakeyaml-engine 3.0.1 throws IndexOutOfBoundsException when a character beyond
     * U+FFFF lies across the end of a full buffer.
     */
    private static LoadSettings settings(String text) {
        return LoadSettings.builder()
                .setBufferSize(text.length() + 2)
                .setCodePointLimit(MAXIMUM_LENGTH)
                .setMaxAliasesForCollections(MAXIMUM_ALIASES)
                .setAllowDuplicateKeys(true)
                .setAllowNonScalarKeys(true)
                .build();
    }

    /** Parsing to events needs no stack, composing does: depth is checked first. */
    private static boolean isOneShallowDocument(String text, Problems problems) {
        int documents = 0;
        int depth = 0;
        for (Event event : new Parse(settings(text)).parseString(text)) {
            if (event instanceof DocumentStartEvent && ++documents > 1) {
                problems.add("", event.getStartMark(), "a second YAML document", "one document; remove the --- line");
                return false;
            }
            if (event instanceof CollectionStartEvent && ++depth > MAXIMUM_DEPTH) {
                problems.add(
                        "",
                        event.getStartMark(),
                        "more than " + MAXIMUM_DEPTH + " levels",
                        "the shape of a configuration");
                return false;
            }
            if (event instanceof CollectionEndEvent) {
                depth--;
            }
        }
        if (documents == 0) {
            problems.add("", Optional.empty(), "an empty file", "a mapping with name, cells and upstreams");
        }
        return documents == 1;
    }
}
