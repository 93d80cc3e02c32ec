package dev.larder.functions.lifecycle;

import dev.larder.domain.lifecycle.Group;
import dev.larder.domain.lifecycle.Reason;
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
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Groups that a run had selected and that stayed, as something spoke against them right before they would have gone. It decides
 * on the order alone: runs take others first, and ask anew when nothing else is left that they could take.
 */
public final class KeptGroups implements Function<RepositoryName, Map<KeptGroups.Name, Instant>> {
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
     * What a group is known by in its repository: it may stay for a quota and not by the rules, which let go another one that
     * begins with the same digest.
     *
     * @param first names it among those of one plan
     * @param quota what the quota matches for which it goes; absent by the rules
     */
    public record Name(Digest first, Optional<String> quota) {
        /** Of a group. */
        public static Name of(Group group) {
            return new Name(group.first(), Optional.of(group.rule()).filter(_ -> group.reason() == Reason.QUOTA));
        }

        private static Name parse(String text) {
            String[] parts = text.split(" ", 2);
            return new Name(new Digest(parts[0]), parts.length > 1 ? Optional.of(parts[1]) : Optional.empty());
        }

        private String text() {
            return quota.map(match -> first.value() + " " + match).orElse(first.value());
        }
    }

    /**
     * What kept a group.
     *
     * @param guard in words, as the lines of the run have it
     */
    public record Kept(String guard, String run, Instant at) {}

    /** When each group of a repository stayed. */
    @Override
    public Map<Name, Instant> apply(RepositoryName repository) {
        return of(repository).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().at()));
    }

    /** What kept each group of a repository. */
    public Map<Name, Kept> of(RepositoryName repository) {
        return table.partition(Key.keptOf(repository))
                .collect(Collectors.toMap(item -> Name.parse(item.key().sk()), KeptGroups::kept));
    }

    private static Kept kept(Item item) {
        return new Kept(
                item.text(Attributes.REASON).orElse(""),
                item.text(Attributes.RUN).orElse(""),
                item.instant(Attributes.KEPT_AT).orElse(Instant.EPOCH));
    }

    /** Remembers some; what was remembered of the same ones is replaced. */
    public void keep(RepositoryName repository, Map<Name, Kept> groups) {
        List<Map<String, AttributeValue>> items = groups.entrySet().stream()
                .map(entry -> item(repository, entry.getKey(), entry.getValue()))
                .toList();
        table.putAll(items);
    }

    private static Map<String, AttributeValue> item(RepositoryName repository, Name name, Kept kept) {
        Map<String, AttributeValue> item = new HashMap<>(new Key(Key.keptOf(repository), name.text()).attributes());
        item.put(Attributes.REASON, Values.text(kept.guard()));
        item.put(Attributes.RUN, Values.text(kept.run()));
        item.put(Attributes.KEPT_AT, Values.instant(kept.at()));
        item.put(Attributes.EXPIRES_AT, Values.expiry(kept.at().plus(REMEMBERED)));
        return item;
    }
}
