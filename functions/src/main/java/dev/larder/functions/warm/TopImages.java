package dev.larder.functions.warm;

import dev.larder.config.Upstream;
import dev.larder.functions.table.ImageRecords;
import dev.larder.functions.table.TaggedImage;
import java.util.Comparator;
import java.util.List;

/** The most popular images of all upstreams together. */
public final class TopImages {
    private final List<Upstream> upstreams;
    private final ImageRecords records;

    /** Takes the upstreams and the record. */
    public TopImages(List<Upstream> upstreams, ImageRecords records) {
        this.upstreams = List.copyOf(upstreams);
        this.records = records;
    }

    /** At most this many, the most popular first. */
    public List<TaggedImage> top(int count) {
        return upstreams.stream()
                .flatMap(upstream -> records.popular(upstream.prefix(), count).stream())
                .sorted(Comparator.comparingDouble(
                                (TaggedImage image) -> image.popularity().orElse(Double.NEGATIVE_INFINITY))
                        .reversed())
                .limit(count)
                .toList();
    }
}
