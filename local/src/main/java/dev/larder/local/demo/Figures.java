package dev.larder.local.demo;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What the demo counts on the way. */
final class Figures {
    private long pulls;
    private long pulledBytes;
    private long coldPulls;
    private long warmed;
    private long evicted;
    private long evictedBytes;

    void pulled(long bytes) {
        pulls++;
        pulledBytes += bytes;
    }

    void coldPulls(long more) {
        coldPulls += more;
    }

    void warmed(long more) {
        warmed += more;
    }

    void evicted(long images, long bytes) {
        evicted += images;
        evictedBytes += bytes;
    }

    Map<String, Object> all() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("pulls", pulls);
        all.put("coldPulls", coldPulls);
        all.put("hitRatio", Double.valueOf(String.format(Locale.ROOT, "%.3f", (pulls - coldPulls) / (double) pulls)));
        all.put("warmed", warmed);
        all.put("evicted", evicted);
        all.put("evictedBytes", evictedBytes);
        all.put("pulledBytes", pulledBytes);
        return all;
    }
}
