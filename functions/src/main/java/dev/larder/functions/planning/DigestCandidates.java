package dev.larder.functions.planning;

import dev.larder.config.Upstream;
import dev.larder.domain.warming.Backoff;
import dev.larder.domain.warming.Candidate;
import dev.larder.domain.warming.ImportSize;
import dev.larder.domain.warming.Price;
import dev.larder.events.WarmReason;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import dev.larder.functions.planning.MissedDigests.Missed;
import dev.larder.functions.planning.WantedImages.DigestPin;
import dev.larder.functions.table.StoredManifest;
import dev.larder.functions.table.Warmth;
import dev.larder.functions.upstream.Tariffs;
import dev.larder.functions.warm.Upstreams;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the images by digest that are worth warming: what the file pins, and what users failed to pull and a tag leads to. A
 * digest never goes stale: it is warm once it is there.
 */
record DigestCandidates(Upstreams upstreams, PlanningPorts ports) {
    /**
     * The candidates.
     *
     * @param failing is told which pins are not warm, and why
     */
    List<Candidate> at(Map<String, String> failing, Instant now) {
        List<DigestPin> pins = ports.wanted().digests();
        Set<Digested> pinned = pins.stream().map(DigestPin::image).collect(Collectors.toSet());
        return Stream.concat(
                        pins.stream().flatMap(pin -> pinned(pin, failing, now).stream()), missed(pinned, now).stream())
                .toList();
    }

    private Optional<Candidate> pinned(DigestPin pin, Map<String, String> failing, Instant now) {
        boolean there = ports.records()
                .manifest(pin.image().repository(), pin.image().digest())
                .flatMap(StoredManifest::mediaType)
                .isPresent();
        if (there && ports.records().warmth(pin.image()).warmedAt().isPresent()) {
            return Optional.empty();
        }
        PinFailure.of(ports.records(), pin.image())
                .ifPresent(failure -> failing.put(pin.image().toString(), failure.reason()));
        if (upstream(pin.image()).isEmpty()) {
            failing.put(pin.image().toString(), WarmPlanning.NOT_ALLOWED);
        }
        return backoff(pin.image()).filter(pause -> pause.holds(now)).isPresent()
                ? Optional.empty()
                : candidate(
                        pin.image(), pin.by(), WarmReason.PINNED, 0, 0, "pinned by digest, and not in the cache", now);
    }

    /** Of a repository, those that were not tried first; each that was tried counts as served. */
    private List<Candidate> missed(Set<Digested> pinned, Instant now) {
        List<Missed> found = new MissedDigests(ports)
                .at(now).stream()
                        .filter(missed -> missed.found() && !pinned.contains(missed.image()))
                        .toList();
        Map<Digested, Backoff> tried = new HashMap<>();
        found.forEach(missed -> backoff(missed.image()).ifPresent(pause -> tried.put(missed.image(), pause)));
        Map<RepositoryName, Integer> turns = new HashMap<>();
        tried.keySet().forEach(image -> turns.merge(image.repository(), 1, Integer::sum));
        return Stream.concat(
                        found.stream().filter(missed -> !tried.containsKey(missed.image())),
                        found.stream().filter(missed -> {
                            Backoff pause = tried.get(missed.image());
                            return pause != null && !pause.holds(now);
                        }))
                .flatMap(missed -> candidate(
                        missed.image(),
                        Optional.empty(),
                        missed.reason(),
                        turns.merge(missed.image().repository(), 1, Integer::sum) - 1,
                        1,
                        missed.why() + ", and not in the cache",
                        now)
                        .stream())
                .toList();
    }

    private Optional<Backoff> backoff(Digested image) {
        Warmth warmth = ports.records().warmth(image);
        return Backoff.after(warmth.failures(), warmth.lastFailureAt());
    }

    private Optional<Upstream> upstream(Digested image) {
        return upstreams.of(image.repository()).filter(allowing -> Upstreams.allows(allowing, image.repository()));
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
