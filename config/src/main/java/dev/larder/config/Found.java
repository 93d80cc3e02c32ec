package dev.larder.config;

import java.util.Set;
import org.snakeyaml.engine.v2.nodes.CollectionNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** What a problem says that it found: texts in quotes, numbers as they are, lists and mappings by their kind. */
final class Found {
    private static final Set<Tag> PLAIN = Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.MAP, Tag.SEQ);

    private Found() {}

    static String describe(Node node) {
        String tag =
                isTagged(node) ? " with the tag " + Shown.line(node.getTag().getValue()) : "";
        if (node instanceof CollectionNode<?>) {
            return (node instanceof MappingNode ? "a mapping" : "a list") + tag;
        }
        if (node.getTag().equals(Tag.NULL)) {
            return "nothing";
        }
        String value = node instanceof ScalarNode scalar ? scalar.getValue() : "";
        boolean quoted = node.getTag().equals(Tag.STR) || !tag.isEmpty();
        return (quoted ? Shown.quoted(value) : Shown.line(value)) + tag;
    }

    /** Whether the file gives the value a type of its own, such as {@code !secret}. */
    static boolean isTagged(Node node) {
        return !PLAIN.contains(node.getTag());
    }
}
