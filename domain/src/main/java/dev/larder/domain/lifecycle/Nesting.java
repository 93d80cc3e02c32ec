package dev.larder.domain.lifecycle;

import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which of some offers hold which: whatever goes by a longer time goes by a shorter one, too, so that a group by a rule is the
 * same as one for a quota, a part of it, or has nothing in common with it, and so is one for a quota with a longer time.
 */
final class Nesting {
    private final List<Quota> quotas;
    private final Map<String, Integer> levels = new HashMap<>();
    private final Map<RepositoryName, List<Quota>> covering = new HashMap<>();
    private final Set<Name> names = new HashSet<>();
    private final Map<Name, Set<Offer>> parts = new HashMap<>();

    /** @param quotas all of them */
    Nesting(Collection<Quota> quotas) {
        this.quotas = quotas.stream().sorted(Quota.LONGEST_TIME_FIRST).toList();
        for (int level = 0; level < this.quotas.size(); level++) {
            levels.put(this.quotas.get(level).match(), level);
        }
    }

    private record Name(RepositoryName repository, Optional<String> quota, Digest first) {
        static Name of(Offer offer) {
            return new Name(offer.repository(), offer.quota(), offer.first());
        }
    }

    void add(Offer offer) {
        if (covering(offer.repository()).isEmpty()) {
            return;
        }
        names.add(Name.of(offer));
        larger(offer)
                .forEach(name -> parts.computeIfAbsent(name, any -> new LinkedHashSet<>())
                        .add(offer));
    }

    void remove(Offer offer) {
        names.remove(Name.of(offer));
        larger(offer).forEach(name -> parts.getOrDefault(name, new HashSet<>()).remove(offer));
    }

    /** What the groups are called that may hold it. */
    private List<Name> larger(Offer offer) {
        int own = offer.quota().map(match -> levels.getOrDefault(match, -1)).orElse(-1);
        List<Name> larger = new ArrayList<>();
        for (Quota quota : covering(offer.repository())) {
            if (level(quota) > own) {
                larger.add(new Name(offer.repository(), Optional.of(quota.match()), offer.within(quota)));
            }
        }
        return larger;
    }

    private int level(Quota quota) {
        return levels.getOrDefault(quota.match(), -1);
    }

    private List<Quota> covering(RepositoryName repository) {
        return covering.computeIfAbsent(
                repository,
                name -> quotas.stream().filter(quota -> quota.covers(name)).toList());
    }

    /** Whether one of them holds all of it. */
    boolean isHeld(Offer offer) {
        return larger(offer).stream().anyMatch(names::contains);
    }

    /** Those that it holds; of two of which one holds the other, the larger. */
    Collection<Offer> heldBy(Offer offer) {
        if (offer.quota().isEmpty()) {
            return List.of();
        }
        Set<Offer> all = parts.getOrDefault(Name.of(offer), Set.of());
        if (all.size() < 2) {
            return List.copyOf(all);
        }
        Nesting among = new Nesting(quotas);
        all.forEach(among::add);
        return all.stream().filter(part -> !among.isHeld(part)).toList();
    }
}
