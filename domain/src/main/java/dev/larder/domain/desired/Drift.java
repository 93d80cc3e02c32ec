package dev.larder.domain.desired;

import dev.larder.events.image.Digest;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A setting of a repository that is not as it should be, or was not until now. */
public sealed interface Drift {
    /** Which setting. */
    Field field();

    /** What is there, of what differs; {@code nothing} when it lacks. */
    String found();

    /** What should be there, of what differs; {@code nothing} when it should go. */
    String wanted();

    /** What became of it, for people. */
    String outcome();

    /** The whole on one line, without the repository. */
    default String text() {
        return field().text() + ": found " + found() + ", wanted " + wanted() + "; " + outcome();
    }

    /** It can be repaired, and nobody has. */
    record Open(Field field, String found, String wanted) implements Drift {
        @Override
        public String outcome() {
            return "to be repaired";
        }
    }

    /** It is repaired now. */
    record Repaired(Field field, String found, String wanted) implements Drift {
        @Override
        public String outcome() {
            return "repaired";
        }
    }

    /**
     * ECR did not do what was asked. The next sweep asks again, at the latest.
     *
     * @param reason for people
     * @param passes whether the same may succeed in a while, with nobody doing anything
     */
    record Failed(Field field, String found, String wanted, String reason, boolean passes) implements Drift {
        @Override
        public String outcome() {
            return "not repaired: " + reason;
        }
    }

    /** A lifecycle policy that is not put yet, since ECR's preview of it was still running when there was no more time. */
    record Waiting(Field field, String found, String wanted) implements Drift {
        @Override
        public String outcome() {
            return "not repaired yet: ECR's preview is still running";
        }
    }

    /** A policy that is not put, since it is another one by now than the one that Larder merged its own into. */
    record Overtaken(Field field, String found, String wanted) implements Drift {
        @Override
        public String outcome() {
            return "not repaired yet: somebody changed it meanwhile";
        }
    }

    /**
     * A lifecycle policy that is not put, since ECR's preview of it expires images that have to stay.
     *
     * @param kept what keeps each of them, by digest
     */
    record Withheld(Field field, String found, String wanted, Map<Digest, String> kept) implements Drift {
        /** Copies the map. */
        public Withheld {
            kept = Map.copyOf(kept);
        }

        @Override
        public String outcome() {
            Map<String, String> sorted = new TreeMap<>();
            kept.forEach((digest, guard) -> sorted.put(digest.value(), guard));
            return "withheld, as it would expire "
                    + sorted.entrySet().stream()
                            .map(image -> image.getKey() + " (kept: " + image.getValue() + ")")
                            .collect(Collectors.joining(", "));
        }
    }

    /**
     * A lifecycle policy that is not put, since nothing may be deleted now.
     *
     * @param why for people
     */
    record Halted(Field field, String found, String wanted, String why) implements Drift {
        @Override
        public String outcome() {
            return "withheld, as evictions are switched off: " + why;
        }
    }

    /**
     * What people made stands in the way. It is kept, and what is wanted is not there.
     *
     * @param reason for people, with what would help
     */
    record Conflict(Field field, String found, String wanted, String reason) implements Drift {
        @Override
        public String outcome() {
            return "kept: " + reason;
        }
    }
}
