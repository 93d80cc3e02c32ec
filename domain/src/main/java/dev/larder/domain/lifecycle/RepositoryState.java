package dev.larder.domain.lifecycle;

import dev.larder.domain.upstream.Tariff;
import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that one read pass knows of a repository.
 *
 * @param manifests all of them
 * @param uses what the record says, by digest; what is not in it has {@link Use#NONE}
 * @param completeSince since when every pull is in the usage record; absent when nobody can say
 * @param doubt why nobody can say; absent when somebody can, and when that is not known either
 * @param inUse what every source says that is in use now, one entry for each source that there is
 * @param supersededAt when the last tag that pointed at a manifest moved away, from the record; what is not in it is not
 *     known to have had one
 * @param tariff what the upstream counts; absent when it counts nothing
 */
public record RepositoryState(
        RepositoryName repository,
        List<Manifest> manifests,
        Map<Digest, Use> uses,
        Optional<Instant> completeSince,
        Optional<String> doubt,
        List<InUse> inUse,
        Map<Digest, Instant> supersededAt,
        Optional<Tariff> tariff) {
    /**
     * Copies the collections.
     *
     * @throws IllegalArgumentException when a manifest is of another repository
     */
    public RepositoryState {
        manifests = List.copyOf(manifests);
        uses = Map.copyOf(uses);
        inUse = List.copyOf(inUse);
        supersededAt = Map.copyOf(supersededAt);
        for (Manifest manifest : manifests) {
            if (!manifest.repository().equals(repository)) {
                throw new IllegalArgumentException(manifest.name() + " is not in " + repository);
            }
        }
    }

    /** One of whose record nobody says why it is not complete. */
    public RepositoryState(
            RepositoryName repository,
            List<Manifest> manifests,
            Map<Digest, Use> uses,
            Optional<Instant> completeSince,
            List<InUse> inUse,
            Map<Digest, Instant> supersededAt,
            Optional<Tariff> tariff) {
        this(repository, manifests, uses, completeSince, Optional.empty(), inUse, supersededAt, tariff);
    }

    /** The same with these manifests. */
    public RepositoryState withManifests(List<Manifest> others) {
        return new RepositoryState(repository, others, uses, completeSince, doubt, inUse, supersededAt, tariff);
    }

    Use use(Digest digest) {
        return uses.getOrDefault(digest, Use.NONE);
    }
}
