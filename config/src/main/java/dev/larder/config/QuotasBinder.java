package dev.larder.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code lifecycle.quotas}: how much may be cached. */
final class QuotasBinder {
    static final List<String> KEYS = List.of("match", "bytes", "notPulledFor");

    private QuotasBinder() {}

    static List<Lifecycle.Quota> bind(Entry list, BoundUpstreams upstreams) {
        List<Lifecycle.Quota> quotas = new ArrayList<>();
        Map<String, String> seen = new HashMap<>();
        for (Entry item : list.list()) {
            Section.of(item, KEYS)
                    .flatMap(section -> quota(section, new Matches("quota", upstreams, seen)))
                    .ifPresent(quotas::add);
        }
        return quotas;
    }

    private static Optional<Lifecycle.Quota> quota(Section section, Matches matches) {
        Optional<String> match = matches.read(section);
        Optional<Long> bytes = section.require("bytes", "the size above which images go, such as 500GB or 500GiB")
                .flatMap(entry -> entry.text(ByteSizes::read));
        Optional<Duration> notPulledFor = section.require(
                        "notPulledFor", "the time within which a use keeps an image, such as 2d; at least 1d")
                .flatMap(entry -> entry.text(LifecycleBinder.TIME));
        return match.flatMap(
                glob -> bytes.flatMap(size -> notPulledFor.map(time -> new Lifecycle.Quota(glob, size, time))));
    }
}
