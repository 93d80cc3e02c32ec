package dev.larder.functions.cache;

import dev.larder.domain.usage.EventHash;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.functions.usage.Tallies;
import dev.larder.functions.usage.UsageRecords;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Counts the pulls that made ECR go upstream. The record holds each event once; the running count on the image follows it,
 * and misses one when a crash falls between the two.
 */
public final class ColdPulls {
    private final UsageRecords records;
    private final Tallies tallies;

    /** Takes the ports. */
    public ColdPulls(UsageRecords records, Tallies tallies) {
        this.records = records;
        this.tallies = tallies;
    }

    /**
     * Counts one.
     *
     * @return whether it was not counted before
     */
    public boolean count(Tagged image, EventHash event, Instant time) {
        boolean fresh = records.addCold(image, event, time);
        records.note(image, LocalDate.ofInstant(time, ZoneOffset.UTC));
        if (fresh) {
            tallies.addCold(image);
        }
        return fresh;
    }
}
