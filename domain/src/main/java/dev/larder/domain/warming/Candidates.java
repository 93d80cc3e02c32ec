package dev.larder.domain.warming;

import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Tagged;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Finds the images that are worth warming now.
 *
 * @param leastWorth cold pulls that each request has to save; what saves less is not worth it. What is asked for always is
 */
public record Candidates(Popular popular, Freshness freshness, double leastWorth) {
    /** About one cold pull saved for five requests is worth it. */
    public static final double LEAST_WORTH = 0.21;

    /**
     * The candidates, the best first, each image once: for the reason that ranks highest.
     *
     * @param images by tag, all that are pulled
     * @param wanted for other reasons; of what one asks for, the most wanted first
     * @param successors of what is pulled
     * @param known what is known of a successor
     */
    public List<Candidate> among(
            Collection<Known> images,
            Collection<Wanted> wanted,
            Collection<Successors.Successor> successors,
            Map<Tagged, Known> known,
            Instant now) {
        Map<Wanted, Integer> turns = Turns.of(wanted);
        Stream<Candidate> asked = wanted.stream()
                .filter(want -> freshness.isDue(want.image(), now))
                .map(want -> freshness
                        .candidate(want.image(), want.reason(), want.asked(), want.saves(), want.why(), now)
                        .inTurn(turns.getOrDefault(want, 0)));
        Stream<Candidate> next = successors.stream().flatMap(successor -> {
            Known image = known.get(successor.image());
            return image == null ? Stream.empty() : Successors.candidate(successor, image, freshness, now).stream();
        });
        Map<ImageReference, Candidate> best = new HashMap<>();
        Stream.of(asked, popular.among(images, freshness, now), next)
                .flatMap(all -> all)
                .filter(candidate -> candidate.asked() || candidate.worthAtUsualSize() >= leastWorth)
                .forEach(candidate -> best.merge(
                        candidate.image(),
                        candidate,
                        (one, other) -> Candidate.BEST_FIRST.compare(one, other) <= 0 ? one : other));
        return best.values().stream().sorted(Candidate.BEST_FIRST).toList();
    }
}
