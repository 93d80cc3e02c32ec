package dev.larder.functions.planning;

import dev.larder.config.Upstream;
import dev.larder.domain.upstream.Circuit;
import dev.larder.domain.warming.Backoff;
import dev.larder.domain.warming.Candidate;
import dev.larder.domain.warming.Freshness;
import dev.larder.domain.warming.ImportSize;
import dev.larder.domain.warming.Price;
import dev.larder.events.WarmReason;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import dev.larder.functions.planning.MissedDigests.Missed;
import dev.larder.functions.table.StoredManifest;
import dev.larder.functions.table.Warmth;
import dev.larder.functions.upstream.Tariffs;
import dev.larder.functions.warm.NotDue;
import dev.larder.functions.warm.Upstreams;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the images by digest that are worth warming: what the file pins, and what users failed to pull and a tag leads to. A
 * digest never goes stale; but it may leave the cache, and the event that tells of it may be lost. So what was not seen there
 * for a day is looked for, and so is what a user failed to pull although the record has it. A look asks ECR alone.
 */
record DigestCandidates(Upstreams upstreams, PlanningPorts ports) {
    /** So long after it was seen in the cache, a pinned digest is looked for. */
    private static final Duration SEEN_FOR = Duration.ofDays(1);

    /** The same of a digest that users go on failing to pull: that may have other reasons, such as their permissions. */
    static final Duration DOUBTED_FOR = Duration.ofHours(1);

    /**
     * The candidates.
     *
     * @param failing is told which pins are not warm, and why
     */
    List<Candidate> at(Map<String, String> failing, Instant now) {
        Map<Digested, List<Tag>> pins = new LinkedHashMap<>();
        ports.wanted()
                .digests()
                .forEach(pin -> pins.computeIfAbsent(pin.image(), image -> new ArrayList<>())
                        .addAll(pin.by().stream().toList()));
        Map<Digested, Missed> missed = new LinkedHashMap<>();
        new MissedDigests(ports).all(now).forEach(image -> missed.put(image.image(), image));
        List<Candidate> candidates = new ArrayList<>();
        pins.forEach((image, tags) -> pinned(
                        image, tags, Optional.ofNullable(missed.get(image)).flatMap(Missed::failed), failing, now)
                .ifPresent(candidates::add));
        missed.keySet().removeAll(pins.keySet());
        candidates.addAll(missed(missed.values(), now));
        return candidates;
    }

    /**
     * A pin's.
     *
     * @param named tags that the file names with it
     * @param failed when a user failed to pull it
     */
    private Optional<Candidate> pinned(
            Digested image, List<Tag> named, Optional<Instant> failed, Map<String, String> failing, Instant now) {
        boolean recorded = ports.records()
                .manifest(image.repository(), image.digest())
                .flatMap(StoredManifest::mediaType)
                .isPresent();
        Warmth warmth = ports.records().warmth(image);
        if (recorded && warmth.warmedAt().isPresent()) {
            Instant due = warmth.warmedAt().get().plus(SEEN_FOR);
            return !now.isBefore(due) || isDoubted(warmth, failed, now)
                    ? look(
                            image,
                            WarmReason.STALE,
                            0,
                            due,
                            "pinned by digest, and last seen in the cache at "
                                    + warmth.warmedAt().get(),
                            now)
                    : Optional.empty();
        }
        PinFailure.of(ports.records(), image).ifPresent(failure -> failing.put(image.toString(), failure.reason()));
        if (upstream(image).isEmpty()) {
            failing.put(image.toString(), WarmPlanning.NOT_ALLOWED);
        }
        return rests(image, named, now)
                ? Optional.empty()
                : candidate(
                        image,
                        inTurn(named, warmth),
                        WarmReason.PINNED,
                        0,
                        0,
                        "pinned by digest, and not in the cache",
                        now);
    }

    /** An order names one tag: after each failure it is the next one that the file names. */
    private static Optional<Tag> inTurn(List<Tag> named, Warmth warmth) {
        return named.isEmpty() ? Optional.empty() : Optional.of(named.get(warmth.failures() % named.size()));
    }

    /** Of a repository, those that were not tried first; each that was tried counts as served. */
    private List<Candidate> missed(Collection<Missed> all, Instant now) {
        List<Missed> found = all.stream()
                .filter(missed -> missed.recorded()
                        ? isDoubted(ports.records().warmth(missed.image()), missed.failed(), now)
                        : missed.found())
                .toList();
        Set<Digested> tried = found.stream()
                .map(Missed::image)
                .filter(image -> backoff(image).isPresent())
                .collect(Collectors.toSet());
        Map<RepositoryName, Integer> turns = new HashMap<>();
        tried.forEach(image -> turns.merge(image.repository(), 1, Integer::sum));
        return Stream.concat(
                        found.stream().filter(missed -> !tried.contains(missed.image())),
                        found.stream()
                                .filter(missed ->
                                        tried.contains(missed.image()) && !rests(missed.image(), List.of(), now)))
                .flatMap(missed -> {
                    int turn = turns.merge(missed.image().repository(), 1, Integer::sum) - 1;
                    return missed.recorded()
                            ? look(
                                    missed.image(),
                                    missed.reason(),
                                    turn,
                                    Instant.EPOCH,
                                    missed.why() + ", and the record has it",
                                    now)
                                    .stream()
                            : candidate(
                                    missed.image(),
                                    Optional.empty(),
                                    missed.reason(),
                                    turn,
                                    1,
                                    missed.why() + ", and not in the cache",
                                    now)
                                    .stream();
                })
                .toList();
    }

    private static boolean isDoubted(Warmth warmth, Optional<Instant> failed, Instant now) {
        Instant seen = warmth.warmedAt().orElse(Instant.EPOCH);
        return failed.filter(seen::isBefore).isPresent() && !now.isBefore(seen.plus(DOUBTED_FOR));
    }

    /** Where a tag leads there that is in the cache, the image rests until ECR checks that tag, and no longer. */
    private boolean rests(Digested image, List<Tag> named, Instant now) {
        Optional<Instant> due = ports.records()
                .warmth(image)
                .lastFailureCode()
                .filter(NotDue.CODE::equals)
                .flatMap(code -> due(image, named));
        return due.map(now::isBefore)
                .orElseGet(
                        () -> backoff(image).filter(pause -> pause.holds(now)).isPresent());
    }

    private Optional<Instant> due(Digested image, List<Tag> named) {
        List<Digest> tops = ports.records().tagging(image.repository()).tops(image.digest());
        return Stream.concat(named.stream(), ports.wanted().leading(image.repository(), tops).stream())
                .flatMap(tag -> ports.records().tagged(new Tagged(image.repository(), tag)).stream())
                .filter(tag ->
                        tag.digest().filter(digest -> !tops.contains(digest)).isPresent())
                .flatMap(tag -> tag.checkedAt().stream())
                .map(at -> at.plus(Freshness.FRESH_FOR).plus(Freshness.AFTER))
                .min(Comparator.naturalOrder());
    }

    private Optional<Backoff> backoff(Digested image) {
        Warmth warmth = ports.records().warmth(image);
        return Backoff.after(warmth.failures(), warmth.lastFailureAt());
    }

    private Optional<Upstream> upstream(Digested image) {
        return upstreams.of(image.repository()).filter(allowing -> Upstreams.allows(allowing, image.repository()));
    }

    /** It takes no image's turn as the probe of an upstream that failed, and tells nobody anything while it is out. */
    private Optional<Candidate> look(
            Digested image, WarmReason reason, int turn, Instant waiting, String why, Instant now) {
        return upstream(image)
                .filter(allowing ->
                        ports.states().of(allowing.prefix()).circuit().phase(now) == Circuit.Phase.CLOSED)
                .map(allowing -> new Candidate(
                        image, Optional.empty(), reason, true, 0, Price.looking(), now, false, turn, waiting, why));
    }

    private Optional<Candidate> candidate(
            Digested image, Optional<Tag> by, WarmReason reason, int turn, double saves, String why, Instant now) {
        return upstream(image)
                .map(allowing -> new Candidate(
                        image,
                        by,
                        reason,
                        true,
                        saves,
                        Price.importing(ImportSize.UNKNOWN, Tariffs.of(allowing)),
                        now,
                        false,
                        turn,
                        Instant.EPOCH,
                        why));
    }
}
