package dev.larder.cli;

import dev.larder.domain.lifecycle.Limits;
import dev.larder.functions.lifecycle.Eviction;
import dev.larder.functions.lifecycle.KeptGroups;
import dev.larder.functions.lifecycle.LifecyclePlanning;
import dev.larder.functions.lifecycle.RepositoryReading;
import dev.larder.functions.lifecycle.Run;
import dev.larder.functions.lifecycle.RunLine;
import dev.larder.functions.lifecycle.UsageAge;
import dev.larder.functions.objections.ObjectionsWiring;
import dev.larder.functions.planning.Substitutes;
import dev.larder.functions.usage.DynamoDbUsageDays;
import dev.larder.functions.usage.DynamoDbUsageLog;
import dev.larder.functions.usage.LogFetches;
import dev.larder.functions.warm.Upstreams;
import java.time.InstantSource;
import java.util.Optional;

/** Decides on a cell's images by the sweep's own code, in the operator's process: nothing is written and nothing pulled. */
final class EvictionReading {
    /** What a plan that is only looked at leaves out. */
    static final String ASKED_LATER =
            "asked right before an image goes, and not here: whether its upstream still has it, whether ECR replicates it or"
                    + " counts it in use";

    private final OperatedCell cell;
    private final Upstreams upstreams;
    private final Eviction eviction;
    private final UnreadIndexes cache = new UnreadIndexes();
    private final LifecyclePlanning planning;
    private final KeptGroups keptGroups;

    EvictionReading(OperatedCell cell) {
        this.cell = cell;
        this.upstreams = new Upstreams(cell.config().upstreams());
        this.eviction = Eviction.of(
                cell.config().lifecycle(),
                cell.config().upstreams(),
                new Substitutes(cell.warm().substitutes()).pins(cell.warm().pins()));
        RepositoryReading reading = new RepositoryReading(
                new RepositoryReading.Ports(
                        cell.inventory(),
                        cache,
                        new ReadOnlyImageRecords(cell.images()),
                        new LogFetches(
                                new DynamoDbUsageLog(cell.table()), new DynamoDbUsageDays(cell.table()), cell.clock()),
                        UsageAge.of(cell.usage().checked(), upstreams),
                        cell.clock()),
                upstreams,
                cell.usage().decay());
        this.keptGroups = new KeptGroups(cell.table());
        this.planning = new LifecyclePlanning(
                reading,
                eviction,
                cell.inUse().now(),
                ObjectionsWiring.known(upstreams, cell.table(), InstantSource.fixed(cell.now())),
                keptGroups,
                InstantSource.fixed(cell.now()));
    }

    Eviction eviction() {
        return eviction;
    }

    Upstreams upstreams() {
        return upstreams;
    }

    LifecyclePlanning planning() {
        return planning;
    }

    KeptGroups keptGroups() {
        return keptGroups;
    }

    /** Why the usage record says nothing of any image that one could rely on. */
    Optional<String> unheard() {
        return cell.usage().checked().unheard();
    }

    /** Indexes that no sweep has read yet: what they list is not known here. */
    int unread() {
        return cache.count();
    }

    /**
     * How a run would be that began now.
     *
     * @param reduced whether its limits are a tenth, as far as the runs so far tell: a deploy that no run has followed yet
     *     is not seen
     * @param off why it would delete nothing; absent when the switch is on
     */
    record Mode(boolean enforce, boolean reduced, Limits limits, Optional<String> off) {
        String text() {
            return !enforce ? "dry run" : reduced ? "enforced, a tenth of the limits" : "enforced";
        }
    }

    Mode mode() {
        boolean enforce = cell.config().lifecycle().enforce();
        boolean reduced = enforce && isFirstOfVersion();
        Limits limits = eviction.limits(reduced);
        return new Mode(enforce, reduced, limits, cell.killSwitch().off());
    }

    /** As a sweep decides it: of the version that ran last, no run evicted anything. */
    private boolean isFirstOfVersion() {
        Optional<String> version = cell.runs().last().map(Run::version);
        return cell.runs()
                .all()
                .filter(run -> run.counts().getOrDefault(RunLine.Outcome.EVICTED.text(), 0L) > 0)
                .findFirst()
                .map(Run::version)
                .filter(last -> version.filter(last::equals).isPresent())
                .isEmpty();
    }
}
