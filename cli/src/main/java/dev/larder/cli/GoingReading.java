package dev.larder.cli;

import dev.larder.cli.LifecyclePlanLine.Going;
import dev.larder.cli.LifecyclePlanLine.LeftOut;
import dev.larder.cli.LifecyclePlanLine.Tally;
import dev.larder.domain.lifecycle.Manifest;
import dev.larder.domain.lifecycle.Offer;
import dev.larder.domain.lifecycle.Value;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.ecr.CacheException;
import dev.larder.functions.lifecycle.LifecyclePlanning;
import dev.larder.functions.upstream.Tariffs;
import java.util.List;
import java.util.Set;

/** Reads again what was chosen, with its evidence, one repository after the other. */
final class GoingReading {
    private final EvictionReading reading;
    private final LifecyclePlanReading.Sink sink;
    private Sum sum = new Sum(Tally.NOTHING, 0, 0);

    GoingReading(EvictionReading reading, LifecyclePlanReading.Sink sink) {
        this.reading = reading;
        this.sink = sink;
    }

    /**
     * What was told.
     *
     * @param requests to upstreams that fetching all of it again would cost
     * @param groups of what goes together
     */
    record Sum(Tally tally, long requests, int groups) {}

    /**
     * Tells each image.
     *
     * @param shown those of a rule and repository one after the other
     */
    Sum of(List<Offer> shown) {
        int from = 0;
        while (from < shown.size()) {
            int to = from;
            while (to < shown.size() && isTogether(shown.get(from), shown.get(to))) {
                to++;
            }
            tell(shown.get(from).repository(), shown.subList(from, to));
            from = to;
        }
        return sum;
    }

    private static boolean isTogether(Offer one, Offer other) {
        return one.reason() == other.reason()
                && one.rule().equals(other.rule())
                && one.repository().equals(other.repository());
    }

    private void tell(RepositoryName repository, List<Offer> offers) {
        try {
            for (LifecyclePlanning.Going going :
                    reading.planning().plan(repository).going(offers)) {
                List<Manifest> manifests = going.group().manifests();
                manifests.forEach(manifest -> sink.line(new Going(going, manifest)));
                sum = new Sum(
                        sum.tally().plus(manifests.size(), going.group().bytes()),
                        sum.requests() + requests(repository, manifests),
                        sum.groups() + 1);
            }
        } catch (CacheException e) {
            sink.line(new LeftOut(repository, String.valueOf(e.getMessage())));
        }
    }

    private int requests(RepositoryName repository, List<Manifest> manifests) {
        int images = (int) manifests.stream()
                .filter(manifest -> manifest.children().orElse(Set.of()).isEmpty())
                .count();
        return Value.requests(reading.upstreams().of(repository).map(Tariffs::of), manifests.size(), images);
    }
}
