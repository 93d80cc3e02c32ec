package dev.larder.functions.planning;

import dev.larder.config.Upstream;
import dev.larder.domain.upstream.Circuit;
import dev.larder.domain.warming.Candidate;
import dev.larder.domain.warming.Freshness;
import dev.larder.domain.warming.Known;
import dev.larder.domain.warming.Price;
import dev.larder.events.WarmReason;
import dev.larder.events.image.ImageReference;
import dev.larder.functions.planning.WantedImages.Want;
import dev.larder.functions.table.ImageRecords;
import dev.larder.functions.table.Warmth;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the tags to look for at ECR alone, although their last check is good: those that users failed to pull since, as the
 * event of a deletion may have been lost, and those of which ECR has told that they came while the order failed that brought
 * them, so that nobody saw whether they are whole.
 */
record TagLooks(PlanningPorts ports, Freshness freshness) {
    /** So long after the last look a tag that users go on failing to pull is looked for again. */
    private static final Duration DOUBTED_FOR = DigestCandidates.DOUBTED_FOR;

    /**
     * The candidates, each image once.
     *
     * @param wants what someone wants warm
     * @param successors of what is pulled
     * @param due what there is more to do for than to look
     */
    List<Candidate> at(
            Survey survey, List<Want> wants, Collection<Known> successors, Collection<Candidate> due, Instant now) {
        Set<ImageReference> taken = due.stream().map(Candidate::image).collect(Collectors.toSet());
        Map<ImageReference, Candidate> looks = new HashMap<>();
        Map<String, Integer> turns = new HashMap<>();
        Stream<Candidate> wanted = wants.stream()
                .filter(want -> survey.upstream(want.image()).isPresent() && !taken.contains(want.image()))
                .flatMap(want ->
                        look(survey, want, now)
                                .map(look -> look.inTurn(turns.merge(want.asker(), 1, Integer::sum) - 1))
                                .stream());
        Stream<Candidate> others = Stream.of(survey.popular(), successors)
                .flatMap(Collection::stream)
                .filter(known -> !taken.contains(known.image()))
                .flatMap(known -> ofItsOwn(survey, known, "pulled", false, now).stream());
        Stream.concat(wanted, others)
                .forEach(look -> looks.merge(
                        look.image(),
                        look,
                        (one, other) -> Candidate.BEST_FIRST.compare(one, other) <= 0 ? one : other));
        return List.copyOf(looks.values());
    }

    private Optional<Candidate> look(Survey survey, Want want, Instant now) {
        Known known = survey.known(want.image());
        return Candidate.isMissed(want.reason())
                ? ofUsers(survey, known, want, now)
                : ofItsOwn(survey, known, want.why(), want.asked(), now);
    }

    /** They may have other reasons to fail, such as their permissions. */
    private Optional<Candidate> ofUsers(Survey survey, Known known, Want want, Instant now) {
        if (!isOpen(known, now)) {
            return Optional.empty();
        }
        Warmth warmth = ports.records().warmth(known.image());
        Pulled pulled = survey.pulled().getOrDefault(known.image(), Pulled.NEVER);
        Instant seen = latest(known.checkedAt(), warmth.warmedAt());
        Instant tried = latest(Optional.of(seen), warmth.lastFailureAt());
        boolean failed = survey.isMissed(known.image())
                && pulled.unserved().filter(seen::isBefore).isPresent();
        return (failed || isUnseen(known, warmth)) && !now.isBefore(tried.plus(DOUBTED_FOR))
                ? candidate(survey, known, want.reason(), true, want.why() + ", and the record has it", now)
                : Optional.empty();
    }

    private Optional<Candidate> ofItsOwn(Survey survey, Known known, String why, boolean asked, Instant now) {
        if (!survey.hasFailed(known.image()) || !isOpen(known, now)) {
            return Optional.empty();
        }
        Warmth warmth = ports.records().warmth(known.image());
        String code = warmth.lastFailureCode().orElse("unknown");
        return isUnseen(known, warmth)
                ? candidate(
                        survey,
                        known,
                        WarmReason.STALE,
                        asked,
                        why + ", and its last order failed after it had come: " + code,
                        now)
                : Optional.empty();
    }

    private boolean isOpen(Known known, Instant now) {
        return freshness.isFresh(known, now) && !known.rests(now);
    }

    /** Whether the last try failed after all that is known of the tag; ECR tells of an import about when it has made it. */
    private static boolean isUnseen(Known known, Warmth warmth) {
        Instant checked = latest(known.checkedAt(), Optional.empty());
        return warmth.lastFailureAt()
                .filter(at -> !at.isBefore(checked.minus(ImageRecords.TOLD_WITHIN)))
                .isPresent();
    }

    /** It takes no image's turn as the probe of an upstream that failed, and tells nobody anything while it is out. */
    private Optional<Candidate> candidate(
            Survey survey, Known known, WarmReason reason, boolean asked, String why, Instant now) {
        return survey.upstream(known.image())
                .map(Upstream::prefix)
                .filter(prefix -> ports.states().of(prefix).circuit().phase(now) == Circuit.Phase.CLOSED)
                .map(prefix -> new Candidate(
                        known.image(),
                        Optional.empty(),
                        reason,
                        asked,
                        0,
                        Price.looking(),
                        now,
                        false,
                        0,
                        latest(known.checkedAt(), Optional.empty()),
                        why));
    }

    private static Instant latest(Optional<Instant> one, Optional<Instant> other) {
        Instant first = one.orElse(Instant.EPOCH);
        return other.filter(first::isBefore).orElse(first);
    }
}
