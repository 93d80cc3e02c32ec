package dev.larder.domain.lifecycle;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a run stops.
 *
 * @param images at most this many manifests in a run
 * @param bytes at most this many bytes in a run
 * @param repositoryPercent at most this share of a repository's groups in a run, 1 to 100, rounded up so that even a
 *     repository with one image can be emptied
 */
public record Limits(int images, long bytes, int repositoryPercent) {
    /** What a run has taken so far. */
    public record Spent(int images, long bytes) {
        /** Nothing. */
        public static final Spent NOTHING = new Spent(0, 0);

        Spent plus(Group group) {
            return new Spent(images + group.images(), bytes + group.bytes());
        }
    }

    /**
     * What a run takes of a repository.
     *
     * @param taken in the order given
     * @param left the others, each with what it would have exceeded
     * @param spent by the run, these included
     * @param stopped why the run is over; absent when it goes on with the next repository
     */
    public record Selection(List<Group> taken, List<Left> left, Spent spent, Optional<String> stopped) {
        /** Copies the lists. */
        public Selection {
            taken = List.copyOf(taken);
            left = List.copyOf(left);
        }
    }

    /** A group that is not taken. */
    public record Left(Group group, String reason) {}

    /**
     * Takes groups in their order as long as they fit. The first that does not fit into what is left of the run ends it;
     * one that would not fit into any run is passed over.
     *
     * @param inRepository how many groups the repository has, those that stay included
     * @param before what the run took already
     */
    public Selection select(List<Group> groups, int inRepository, Spent before) {
        List<Group> taken = new ArrayList<>();
        List<Left> left = new ArrayList<>();
        Spent spent = before;
        Optional<String> stopped = Optional.empty();
        long allowed = ((long) inRepository * repositoryPercent + 99) / 100;
        for (Group group : groups) {
            Spent then = spent.plus(group);
            Optional<String> exceeded = exceeded(then);
            if (stopped.isPresent()) {
                left.add(new Left(group, stopped.get()));
            } else if (exceeded(Spent.NOTHING.plus(group)).isPresent()) {
                left.add(new Left(
                        group,
                        "is larger than a whole run may be: " + group.images() + " images, " + group.bytes()
                                + " bytes"));
            } else if (taken.size() >= allowed) {
                left.add(new Left(
                        group,
                        "a run takes at most " + repositoryPercent + " % of a repository: " + allowed + " of "
                                + inRepository));
            } else if (exceeded.isPresent()) {
                stopped = exceeded;
                left.add(new Left(group, exceeded.get()));
            } else {
                taken.add(group);
                spent = then;
            }
        }
        return new Selection(taken, left, spent, stopped);
    }

    private Optional<String> exceeded(Spent spent) {
        if (spent.images() > images) {
            return Optional.of("a run takes at most " + images + " images");
        }
        if (spent.bytes() > bytes) {
            return Optional.of("a run takes at most " + bytes + " bytes");
        }
        return Optional.empty();
    }
}
