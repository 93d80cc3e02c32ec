package dev.larder.functions.table;

import dev.larder.domain.usage.Tagging.Move;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.Platform;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What tags pointed at, and what indexes list. It only grows, and stays when images go, so that pulls are counted alike
 * however late. An item is some 200 bytes; Docker's official images move 60,000 tags a year.
 */
final class TagHistory {
    private static final String MOVE = "move#";
    private static final String INDEX = "index#";
    private static final String NO_PLATFORM = "none";

    private final Table table;

    TagHistory(Table table) {
        this.table = table;
    }

    /** @param digest absent when the tag is gone */
    void moved(Tagged image, Optional<Digest> digest, Instant at) {
        Map<String, AttributeValue> item = new HashMap<>(new Key(
                        Key.historyOf(image.repository()),
                        MOVE + image.tag() + "#" + Values.instant(at).s())
                .attributes());
        digest.ifPresent(to -> item.put(Attributes.DIGEST, Values.text(to.value())));
        table.put(item);
    }

    void lists(Digested index, Map<Digest, Optional<Platform>> children) {
        Map<String, AttributeValue> platforms = new HashMap<>();
        children.forEach((child, platform) -> platforms.put(
                child.value(), Values.text(platform.map(Platform::toString).orElse(NO_PLATFORM))));
        Map<String, AttributeValue> item =
                new HashMap<>(new Key(Key.historyOf(index.repository()), INDEX + index.digest()).attributes());
        item.put(Attributes.CHILDREN, AttributeValue.fromM(platforms));
        table.put(item);
    }

    /** Fills in what is known of a repository. */
    void read(RepositoryName repository, List<Move> moves, Map<Digest, Map<Digest, Optional<Platform>>> indexes) {
        table.consistentPartition(Key.historyOf(repository)).forEach(item -> {
            String sk = item.key().sk();
            if (sk.startsWith(MOVE)) {
                int hash = sk.lastIndexOf('#');
                moves.add(new Move(
                        new Tag(sk.substring(MOVE.length(), hash)),
                        Instant.parse(sk.substring(hash + 1)),
                        item.text(Attributes.DIGEST).map(Digest::new)));
            } else {
                indexes.put(new Digest(sk.substring(INDEX.length())), children(item));
            }
        });
    }

    private static Map<Digest, Optional<Platform>> children(Item item) {
        Map<Digest, Optional<Platform>> children = new HashMap<>();
        AttributeValue listed = item.attributes().get(Attributes.CHILDREN);
        if (listed != null) {
            listed.m()
                    .forEach((child, platform) -> children.put(
                            new Digest(child),
                            Optional.of(platform.s())
                                    .filter(text -> !text.equals(NO_PLATFORM))
                                    .map(Platform::parse)));
        }
        return children;
    }
}
