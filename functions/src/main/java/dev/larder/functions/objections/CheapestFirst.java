package dev.larder.functions.objections;

import dev.larder.domain.lifecycle.Manifest;
import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.lifecycle.Objections;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Several signals, one after the other. Who has an objection is not asked about again, nor are those that stay with it:
 * what it lists, and what refers to it.
 */
public final class CheapestFirst implements Objections {
    private final List<Objections> signals;

    /** @param signals the cheapest first */
    public CheapestFirst(List<Objections> signals) {
        this.signals = List.copyOf(signals);
    }

    @Override
    public Asked of(RepositoryName repository, List<Manifest> candidates, Duration unused, boolean evictGone) {
        Asked all = Asked.NOTHING;
        List<Manifest> left = candidates;
        for (Objections signal : signals) {
            if (left.isEmpty()) {
                break;
            }
            all = all.and(signal.of(repository, left, unused, evictGone));
            left = without(staying(all.against().keySet(), left), left);
        }
        return all;
    }

    @Override
    public Objections inPiece(Optional<Instant> since) {
        return new CheapestFirst(
                signals.stream().map(signal -> signal.inPiece(since)).toList());
    }

    private static Set<Digest> staying(Set<Digest> objected, List<Manifest> candidates) {
        Set<Digest> staying = new HashSet<>(objected);
        boolean more = true;
        while (more) {
            more = false;
            for (Manifest manifest : candidates) {
                if (staying.contains(manifest.digest())) {
                    more |= manifest.children().filter(staying::addAll).isPresent();
                } else if (manifest.subject().filter(staying::contains).isPresent()) {
                    more |= staying.add(manifest.digest());
                }
            }
        }
        return staying;
    }

    private static List<Manifest> without(Set<Digest> staying, List<Manifest> candidates) {
        return candidates.stream()
                .filter(manifest -> !staying.contains(manifest.digest()))
                .toList();
    }
}
