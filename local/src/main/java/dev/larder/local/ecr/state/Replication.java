package dev.larder.local.ecr.state;

import dev.larder.events.image.Digest;
import java.util.List;

/** The rules by which images are copied to other registries, and how far each copy is. Nothing is copied here. */
public final class Replication {
    private static final String ONE = "rules";

    private final Metadata metadata;
    private final Table<Rules> rules;
    private final Table<Copy> copies;

    Replication(Metadata metadata) {
        this.metadata = metadata;
        rules = metadata.table("replicationRules", Rules.class);
        copies = metadata.table("replicationCopies", Copy.class);
    }

    /** The registry's rules. */
    public List<Rule> rules() {
        return metadata.read(() -> rules.get(ONE).map(Rules::rules).orElse(List.of()));
    }

    /** Replaces the registry's rules; what came before is not copied. */
    public void put(List<Rule> all) {
        metadata.write(() -> rules.put(new Rules(all), ONE));
    }

    /** How far an image's copies are, by region and registry; none when no rule had its repository as it came. */
    public List<Copy> copies(String repository, Digest digest) {
        return metadata.read(() -> copies.all(repository, digest.value()));
    }

    /** Replaces how far a copy is. */
    public void put(String repository, Digest digest, Copy copy) {
        metadata.write(() -> copies.put(copy, repository, digest.value(), copy.region() + "/" + copy.registryId()));
    }

    /** Begins the copies of an image that has come in. */
    void begin(String repository, Digest digest) {
        rules().stream()
                .filter(rule -> rule.has(repository))
                .flatMap(rule -> rule.destinations().stream())
                .forEach(destination -> put(
                        repository, digest, new Copy(destination.region(), destination.registryId(), "IN_PROGRESS")));
    }

    void remove(String repository, Digest digest) {
        metadata.write(() -> copies(repository, digest)
                .forEach(copy -> copies.remove(repository, digest.value(), copy.region() + "/" + copy.registryId())));
    }

    record Rules(List<Rule> rules) {}

    /**
     * A rule.
     *
     * @param prefixes what a repository's name begins with; when there are none, the rule has every repository
     */
    public record Rule(List<Destination> destinations, List<String> prefixes) {
        /** Copies the lists. */
        public Rule {
            destinations = List.copyOf(destinations);
            prefixes = List.copyOf(prefixes);
        }

        boolean has(String repository) {
            return prefixes.isEmpty() || prefixes.stream().anyMatch(repository::startsWith);
        }
    }

    /** Another registry, or this account's in another region. */
    public record Destination(String region, String registryId) {}

    /**
     * An image on its way to a registry.
     *
     * @param status {@code ReplicationStatus} of the API
     */
    public record Copy(String region, String registryId, String status) {}
}
