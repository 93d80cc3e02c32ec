package dev.larder.functions.bus;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Counts what one invocation did, and writes it as one line in CloudWatch's embedded metric format, which CloudWatch Logs
 * turns into metrics. Source: the format's specification in CloudWatch's user guide.
 */
public final class Metrics {
    /** The namespace of all of Larder's metrics. */
    public static final String NAMESPACE = "Larder";

    /** The one dimension: the function's name in the account, which tells deployments in one region apart. */
    public static final String FUNCTION = "Function";

    /** Where Lambda tells a function its own name (Lambda guide, "Defined runtime environment variables"). */
    static final String OWN_NAME = "AWS_LAMBDA_FUNCTION_NAME";

    /** Messages, or scheduled runs, that came. */
    public static final String RECEIVED = "Received";

    /** Those that were dealt with. */
    public static final String HANDLED = "Handled";

    /** Those that will come again, or went to the dead-letter queue. */
    public static final String FAILED = "Failed";

    /** Those that were none of the function's business. */
    public static final String IGNORED = "Ignored";

    /** Images that are warm now. */
    public static final String WARMED = "Warmed";

    /** Images that could not be warmed. */
    public static final String WARM_FAILED = "WarmFailed";

    /** Images whose figures a roll-up of the usage record wrote. */
    public static final String ROLLED_UP = "RolledUp";

    /** Warm orders sent. */
    public static final String ORDERED = "Ordered";

    /** Images worth warming that have to wait. */
    public static final String LEFT_COLD = "LeftCold";

    /** Images deleted. */
    public static final String EVICTED = "Evicted";

    /** Bytes deleted. */
    public static final String EVICTED_BYTES = "EvictedBytes";

    /** Images that ECR refused to delete. */
    public static final String EVICTION_FAILED = "EvictionFailed";

    /** Sweeps that a limit or the switch stopped, once for each piece that it stopped. */
    public static final String EVICTION_STOPPED = "EvictionStopped";

    /** Sweeps that were given up, since a piece of theirs could not be carried out. */
    public static final String SWEEP_ABANDONED = "SweepAbandoned";

    /** Calls that were logged as someone's pull, second deliveries included. */
    public static final String LOGGED = "Logged";

    /** ECR's trips upstream for clients, second deliveries included. */
    public static final String COLD_PULLS = "ColdPulls";

    /** 1 when the account has no trail from which pulls are seen to be recorded, else 0. */
    public static final String TRAIL_MISSING = "TrailMissing";

    /** Upstreams whose record was found to miss pulls. */
    public static final String RECORD_GAPS = "RecordGaps";

    /** Pinned images that were not warm, and could not be ordered or not be had. */
    public static final String PINNED_NOT_WARM = "PinnedNotWarm";

    /** Rules whose credentials did not work when ECR last tried them. */
    public static final String RULE_INVALID = "RuleInvalid";

    /** Imports that failed, as ECR's events tell. */
    public static final String IMPORT_FAILED = "ImportFailed";

    private final String function;
    private final Consumer<String> log;
    private final Map<String, Long> counts = new TreeMap<>();

    /**
     * @param function its name in the account
     * @param log takes the line; a Lambda function's standard output
     */
    public Metrics(String function, Consumer<String> log) {
        this.function = function;
        this.log = log;
    }

    /**
     * Of the function that runs, to its log.
     *
     * @param handler stands for the function's name where no Lambda runs it
     */
    public static Metrics of(String handler, Map<String, String> environment) {
        return new Metrics(environment.getOrDefault(OWN_NAME, handler), System.out::println);
    }

    /** Adds to a count. */
    public void add(String name, long number) {
        counts.merge(name, number, Long::sum);
    }

    /** Writes the line and starts again from nothing. */
    public void flush(Instant now) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put(
                "_aws",
                Map.of(
                        "Timestamp",
                        now.toEpochMilli(),
                        "CloudWatchMetrics",
                        List.of(Map.of(
                                "Namespace",
                                NAMESPACE,
                                "Dimensions",
                                List.of(List.of(FUNCTION)),
                                "Metrics",
                                counts.keySet().stream()
                                        .map(name -> Map.of("Name", name, "Unit", unit(name)))
                                        .toList()))));
        line.put(FUNCTION, function);
        line.putAll(counts);
        counts.clear();
        try {
            log.accept(JSON.std.asString(line));
        } catch (IOException impossible) {
            throw new UncheckedIOException("could not write JSON to memory", impossible);
        }
    }

    private static String unit(String name) {
        return name.equals(EVICTED_BYTES) ? "Bytes" : "Count";
    }
}
