package dev.larder.domain.usage;

import dev.larder.events.image.Digest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The pulls of one image by one caller, by time, and which of them have not fetched which part. */
final class PullsOfImage {
    private final List<OpenPull> pulls = new ArrayList<>();
    private final Map<Digest, Lacking> lacking = new HashMap<>();

    /** The pulls that have not fetched a part, the latest one on top, of so many that were looked at. */
    private static final class Lacking {
        private final Deque<OpenPull> pulls = new ArrayDeque<>();
        private int looked;
    }

    void add(OpenPull pull) {
        pulls.add(pull);
    }

    /**
     * The latest pull that has not fetched the part.
     *
     * @param mayHave whether a pull may; one that may not, may not later either
     */
    Optional<OpenPull> lacking(Digest part, Predicate<OpenPull> mayHave) {
        Lacking of = lacking.computeIfAbsent(part, digest -> new Lacking());
        while (of.looked < pulls.size()) {
            of.pulls.push(pulls.get(of.looked++));
        }
        while (!of.pulls.isEmpty() && (of.pulls.peek().has(part) || !mayHave.test(of.pulls.peek()))) {
            of.pulls.pop();
        }
        return Optional.ofNullable(of.pulls.peek());
    }

    /** Whether any pull may have the part, fetched or not. */
    boolean any(Predicate<OpenPull> recent, Predicate<OpenPull> mayHave) {
        return pulls.reversed().stream().takeWhile(recent).anyMatch(mayHave);
    }
}
