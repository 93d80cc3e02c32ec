package dev.larder.functions.lifecycle;

import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.table.Attributes;
import dev.larder.functions.table.Item;
import dev.larder.functions.table.Key;
import dev.larder.functions.table.Table;
import dev.larder.functions.table.Values;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Groups that a run had selected and that stayed, as something spoke against them right before they would have gone. It decides
 * on the order alone: runs take others first, and ask anew when nothing else is left that they could take.
 */
public final class KeptGroups implements Function<RepositoryName, Map<Digest, Instant>> {
    /**
     * So long one comes behind the others, unless it is used in between. Long, since those that were forgotten would come first
     * again: of more groups than all runs of this time may take, the same ones would be taken over and over.
     */
    static final Duration REMEMBERED = Duration.ofDays(365);

    private final Table table;

    /** @param table the cell's */
    public KeptGroups(Table table) {
        this.table = table;
    }

    /**
     * What kept a group.
     *
     * @param guard in words, as the lines of the run have it
     */
    public record Kept(String guard, String run, Instant at) {}

    /** When each group of a repository stayed, by the digest that names it. */
    @Override
    public Map<Digest, Instant> apply(RepositoryName repository) {
        return of(repository).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().at()));
    }

    /** What kept each group of a repository, by the digest that names it. */
    public Map<Digest, Kept> of(RepositoryName repository) {
        return table.partition(Key.keptOf(repository))
                .collect(Collectors.toMap(item -> new Digest(item.key().sk()), KeptGroups::kept));
    }

    private static Kept kept(Item item) {
        return new Kept(
                item.text(Attributes.REASON).orElse(""),
                item.text(Attributes.RUN).orElse(""),
                item.instant(Attributes.KEPT_AT).orElse(Instant.EPOCH));
    }

    /** Remembers some; what was remembered of the same ones is replaced. */
    public void keep(RepositoryName repository, Map<Digest, Kept> groups) {
        List<Map<String, AttributeValue>> items = groups.entrySet().stream()
                .map(entry -> item(repository, entry.getKey(), entry.getValue()))
                .toList();
        table.putAll(items);
    }

    private static Map<String, AttributeValue> item(RepositoryName repository, Digest first, Kept kept) {
        Map<String, AttributeValue> item = new HashMap<>(new Key(Key.keptOf(repository), first.value()).attributes());
        item.put(Attributes.REASON, Values.text(kept.guard()));
        item.put(Attributes.RUN, Values.text(kept.run()));
        item.put(Attributes.KEPT_AT, Values.instant(kept.at()));
        item.put(Attributes.EXPIRES_AT, Values.expiry(kept.at().plus(REMEMBERED)));
        return item;
    }
}
