package dev.larder.domain.usage;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;

/**
 * Where a pull is kept: five minutes, cut into shards of ten seconds each. A pull's shard depends on its own time only, so
 * that a replay, in whatever batch it comes, meets its first delivery. DynamoDB bills an update by the size of the whole
 * item: short shards keep the items of a hot image small (10 pulls a second: about 1 KB, one or two write units a batch),
 * and far below the 400 KB an item can have.
 *
 * @param start of the five minutes, aligned to the hour
 * @param shard which ten seconds of it, from 0
 */
public record UsageBucket(Instant start, int shard) implements Comparable<UsageBucket> {
    /** The length of a bucket. */
    public static final Duration LENGTH = Duration.ofMinutes(5);

    /** The length of a shard. */
    public static final Duration SHARD = Duration.ofSeconds(10);

    /** The shards of a bucket. */
    public static final int SHARDS = (int) LENGTH.dividedBy(SHARD);

    /** @throws IllegalArgumentException when there is no such bucket */
    public UsageBucket {
        if (Math.floorMod(start.getEpochSecond(), LENGTH.toSeconds()) != 0 || start.getNano() != 0) {
            throw new IllegalArgumentException("not the start of five minutes: " + start);
        }
        if (shard < 0 || shard >= SHARDS) {
            throw new IllegalArgumentException("not a shard: " + shard + "; expected 0 to " + (SHARDS - 1));
        }
    }

    /** The bucket of a pull. */
    public static UsageBucket of(Instant time) {
        long second = time.getEpochSecond();
        long into = Math.floorMod(second, LENGTH.toSeconds());
        return new UsageBucket(Instant.ofEpochSecond(second - into), (int) (into / SHARD.toSeconds()));
    }

    /** When the shard starts: the time that its pulls have in an image's popularity. */
    public Instant time() {
        return start.plus(SHARD.multipliedBy(shard));
    }

    /** The day it belongs to, by UTC. */
    public LocalDate day() {
        return LocalDate.ofInstant(start, ZoneOffset.UTC);
    }

    /** {@code 2026-11-24T10:15:00Z#07}: sorted by time, and by {@code day} as its start. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s#%02d", start, shard);
    }

    /**
     * Reads what {@code toString} writes.
     *
     * @throws IllegalArgumentException when it is something else
     */
    public static UsageBucket parse(String text) {
        int hash = text.indexOf('#');
        if (hash < 0) {
            throw new IllegalArgumentException("not a bucket: '" + text + "'; expected 2026-11-24T10:15:00Z#07");
        }
        return new UsageBucket(Instant.parse(text.substring(0, hash)), Integer.parseInt(text.substring(hash + 1)));
    }

    @Override
    public int compareTo(UsageBucket other) {
        return time().compareTo(other.time());
    }
}
