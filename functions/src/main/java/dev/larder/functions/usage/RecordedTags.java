package dev.larder.functions.usage;

import dev.larder.domain.popularity.ForwardDecay;
import dev.larder.domain.usage.UsageRow;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.table.ImageRecords;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** All images by tag that closed days may have pulls of, by the days' summaries and without a scan. */
record RecordedTags(UsageDays days, UsageSummaries summaries, ImageRecords images) {
    /** So many days of summaries are in memory at once. */
    private static final int DAYS_AT_ONCE = 7;

    /**
     * By name. A tag that was pulled by digest only is in no row of its own: all known tags of a repository with any pull
     * are among them.
     */
    Set<Tagged> all() {
        Set<Tagged> all = new TreeSet<>(Comparator.comparing(Tagged::toString));
        Set<RepositoryName> repositories = new HashSet<>();
        LocalDate last = days.closedThrough().orElse(LocalDate.MIN);
        LocalDate first = LocalDate.ofInstant(ForwardDecay.EPOCH, ZoneOffset.UTC);
        for (LocalDate from = first; !from.isAfter(last); from = from.plusDays(DAYS_AT_ONCE)) {
            summaries.read(from, from.plusDays(DAYS_AT_ONCE - 1)).values().stream()
                    .flatMap(List::stream)
                    .map(UsageRow::image)
                    .forEach(image -> {
                        repositories.add(image.repository());
                        if (image instanceof Tagged tagged) {
                            all.add(tagged);
                        }
                    });
        }
        repositories.stream()
                .flatMap(repository -> images.repository(repository).tags().values().stream())
                .forEach(tag -> all.add(tag.image()));
        return all;
    }
}
