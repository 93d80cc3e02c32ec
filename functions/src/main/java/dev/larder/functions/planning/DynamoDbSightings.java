package dev.larder.functions.planning;

import dev.larder.domain.image.VersionTag;
import dev.larder.domain.warming.NewTags;
import dev.larder.domain.warming.Sightings;
import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import dev.larder.functions.table.Item;
import dev.larder.functions.table.Key;
import dev.larder.functions.table.Table;
import dev.larder.functions.table.Values;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * {@link SightingStore} in the table: an item for each repository, lines of text in it. The newest are kept where there
 * are more than an item holds.
 */
public final class DynamoDbSightings implements SightingStore {
    private static final String LISTED_AT = "listedAt";
    private static final String REFUSAL = "listRefusal";
    private static final String MENDED_BY = "mendedBy";
    private static final String NEWS = "news";
    private static final String LOOKED = "looked";
    private static final String NONE = "-";

    /** A line is at most 250 bytes: 128 of a tag, 71 of a digest, 24 of a time. */
    private static final int MOST_NEWS = 1000;

    private static final int MOST_LOOKED = 400;
    private static final Duration KEPT = Duration.ofDays(60);

    private final Table table;
    private final InstantSource clock;

    /** @param table the cell's */
    public DynamoDbSightings(Table table, InstantSource clock) {
        this.table = table;
        this.clock = clock;
    }

    @Override
    public Map<RepositoryName, Sightings> of(String prefix) {
        return table.partition(pk(prefix))
                .map(DynamoDbSightings::read)
                .collect(Collectors.toMap(sightings -> sightings.news().repository(), sightings -> sightings));
    }

    @Override
    public void keep(String prefix, Sightings sightings) {
        Map<String, AttributeValue> item =
                new HashMap<>(new Key(pk(prefix), sightings.news().repository().value()).attributes());
        sightings.listedAt().ifPresent(at -> item.put(LISTED_AT, Values.instant(at)));
        sightings.refusal().ifPresent(why -> item.put(REFUSAL, Values.text(why)));
        sightings.mendedBy().ifPresent(at -> item.put(MENDED_BY, Values.instant(at)));
        List<NewTags.NewTag> news = sightings.news().tags();
        item.put(
                NEWS,
                Values.list(news.subList(Math.max(0, news.size() - MOST_NEWS), news.size()).stream()
                        .map(DynamoDbSightings::line)
                        .toList()));
        item.put(LOOKED, Values.list(lines(sightings.looked().entrySet())));
        item.put("expiresAt", Values.expiry(clock.instant().plus(KEPT)));
        table.put(item);
    }

    private static String line(NewTags.NewTag tag) {
        return tag.version().tag() + " " + tag.firstSeen() + " "
                + tag.digest().map(Digest::value).orElse(NONE);
    }

    private static List<String> lines(Collection<Map.Entry<Tag, Sightings.Sight>> looked) {
        return looked.stream()
                .sorted(Comparator.comparing((Map.Entry<Tag, Sightings.Sight> sight) ->
                                sight.getValue().at())
                        .reversed()
                        .thenComparing(Map.Entry::getKey))
                .limit(MOST_LOOKED)
                .map(sight -> sight.getKey() + " " + sight.getValue().at() + " "
                        + sight.getValue().digest())
                .toList();
    }

    private static Sightings read(Item item) {
        List<NewTags.NewTag> news = item.list(NEWS).stream()
                .map(line -> line.split(" ", 3))
                .flatMap(part -> VersionTag.of(new Tag(part[0])).stream()
                        .map(version -> new NewTags.NewTag(
                                version,
                                Instant.parse(part[1]),
                                part[2].equals(NONE) ? Optional.empty() : Optional.of(new Digest(part[2])))))
                .toList();
        Map<Tag, Sightings.Sight> looked = item.list(LOOKED).stream()
                .map(line -> line.split(" ", 3))
                .collect(Collectors.toMap(
                        part -> new Tag(part[0]),
                        part -> new Sightings.Sight(new Digest(part[2]), Instant.parse(part[1]))));
        return new Sightings(
                new NewTags(new RepositoryName(item.key().sk()), news),
                looked,
                item.instant(LISTED_AT),
                item.text(REFUSAL),
                item.instant(MENDED_BY));
    }

    private static String pk(String prefix) {
        return "sightings#" + prefix;
    }
}
