package dev.larder.domain.usage;

import dev.larder.domain.usage.Fact.Fetch;
import dev.larder.domain.usage.Fact.Sync;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.RepositoryName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Makes pulls of the facts of an hour. It sees a union: the order of the facts, and how often each is there, change
 * nothing.
 *
 * <p>To count an hour it takes the facts around it, too: from {@link #BEFORE} its start, since the calls that follow the
 * first one of a pull belong to that one's hour, until {@link #AFTER} its end, for the calls and events that follow.
 */
public final class PullCounting {
    /** The time within which a client fetches what the index lists. Inferred: clients do so at once. */
    static final Duration FOLLOWS = Duration.ofMinutes(5);

    /**
     * So long before an hour its facts may begin: a trip that ECR tells of at the hour's start may be an earlier pull's, and
     * what belongs to that pull was fetched after it.
     */
    public static final Duration BEFORE = Trips.LONGEST.plus(FOLLOWS);

    /** So long after an hour its facts may end: what ECR then tells of may be a later pull's, with the calls that follow it. */
    public static final Duration AFTER = Trips.LONGEST.plus(FOLLOWS);

    private static final Comparator<Fact> ORDER = Comparator.comparing(Fact::time)
            .thenComparingLong(fact -> fact.event().value())
            .thenComparing(fact -> fact.image().toString());

    private final Function<RepositoryName, Tagging> taggings;

    /** @param taggings what is known of a repository's tags */
    public PullCounting(Function<RepositoryName, Tagging> taggings) {
        this.taggings = taggings;
    }

    /** What makes two facts the same one. */
    private record Identity(EventHash event, String image, boolean fetch) {}

    /** Each fact once, by time. */
    public static List<Fact> union(Collection<? extends Fact> facts) {
        Map<Identity, Fact> union = new HashMap<>();
        facts.forEach(fact -> union.merge(
                new Identity(fact.event(), fact.image().toString(), fact instanceof Fetch),
                fact,
                PullCounting::either));
        return union.values().stream().sorted(ORDER).toList();
    }

    /** Facts that only look like the same one by a collision of hashes: always the same of them, whatever their order. */
    private static Fact either(Fact one, Fact other) {
        return one.equals(other) || one.toString().compareTo(other.toString()) <= 0 ? one : other;
    }

    /**
     * The pulls that began in an hour, by time.
     *
     * @param facts of that hour and around it
     */
    public List<CountedPull> count(LogHour hour, Collection<? extends Fact> facts) {
        Map<RepositoryName, List<Fact>> repositories = new TreeMap<>(Comparator.comparing(RepositoryName::value));
        union(facts)
                .forEach(fact -> repositories
                        .computeIfAbsent(fact.image().repository(), name -> new ArrayList<>())
                        .add(fact));
        List<CountedPull> pulls = new ArrayList<>();
        repositories.forEach((repository, told) -> count(told, taggings.apply(repository)).stream()
                .filter(pull -> hour.has(pull.time()))
                .forEach(pulls::add));
        pulls.sort(Comparator.comparing(CountedPull::time));
        return pulls;
    }

    private static List<CountedPull> count(List<Fact> facts, Tagging tagging) {
        Map<Caller, CallerPulls> callers = new LinkedHashMap<>();
        Trips trips = new Trips(tagging);
        List<Fact> ordered = facts.stream()
                .sorted(Comparator.comparing(Fact::time).thenComparingInt(fact -> depth(fact, tagging)))
                .toList();
        for (Fact fact : ordered) {
            switch (fact) {
                case Fetch fetch ->
                    callers.computeIfAbsent(fetch.caller(), caller -> new CallerPulls(tagging))
                            .add(fetch);
                case Sync sync -> trips.add(sync);
            }
        }
        List<OpenPull> open = callers.values().stream()
                .flatMap(caller -> caller.pulls(trips).stream())
                .sorted(OpenPull.ORDER)
                .toList();
        trips.mark(open.stream().filter(pull -> pull.image() instanceof Tagged).toList());
        return open.stream().map(pull -> pull.counted(tagging)).toList();
    }

    /**
     * CloudTrail's times are whole seconds, in which a client makes all of its calls. It asks for the tag first, then for
     * the index, then for what the index lists.
     */
    private static int depth(Fact fact, Tagging tagging) {
        return switch (fact.image()) {
            case Tagged tagged -> 0;
            case Digested digested -> tagging.isListed(digested.digest()) ? 2 : 1;
        };
    }
}
