package dev.larder.functions.objections;

import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/** What upstreams said lately: whether they still have an image. */
public interface UpstreamAnswers {
    /** For how long it is good that the upstream had it where nothing is deleted by that: a daily dry run asks anew. */
    Duration HELD_FOR = Duration.ofHours(20);

    /** For how long it is good that it had not: such an image stays, and a daily sweep asks about once a week. */
    Duration GOOD_FOR = Duration.ofDays(7);

    /**
     * What the upstream said of an image.
     *
     * @param held whether it has it
     * @param byDigest whether only by its digest, so that no tag is known by which ECR could import it again
     */
    record Answer(boolean held, boolean byDigest, Instant at) {
        /** Cuts the time to seconds, for people. */
        public Answer {
            at = at.truncatedTo(ChronoUnit.SECONDS);
        }

        /** It has it by a tag, or not at all. */
        public Answer(boolean held, Instant at) {
            this(held, false, at);
        }

        /**
         * Whether it is new enough.
         *
         * @param since nothing may go by what the upstream said before
         */
        boolean isGood(Instant now, Optional<Instant> since) {
            boolean isOld = since.map(begin -> begin.truncatedTo(ChronoUnit.SECONDS))
                    .filter(at::isBefore)
                    .isPresent();
            return now.isBefore(at.plus(held ? HELD_FOR : GOOD_FOR)) && !(held && isOld);
        }
    }

    /** The answers about a repository's images, old ones included. */
    Map<Digest, Answer> of(RepositoryName repository);

    /** Keeps answers. */
    void keep(RepositoryName repository, Map<Digest, Answer> answers);
}
