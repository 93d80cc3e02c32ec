package dev.larder.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The upstreams of a file while it is read.
 *
 * @param prefixes of all upstreams, also of those with problems, so that one mistake is not told twice
 * @param valid the upstreams without problems, in the file's order
 * @param repositories the keys of {@code repositories} of those that have them, by prefix
 */
record BoundUpstreams(Set<String> prefixes, List<Upstream> valid, Map<String, RepositoryKeys> repositories) {
    /** The prefix that a repository is under. */
    Optional<String> prefixOf(String repository) {
        return prefixes.stream()
                .filter(prefix -> repository.startsWith(prefix + "/"))
                .findFirst();
    }

    Optional<Upstream> get(String prefix) {
        return valid.stream()
                .filter(upstream -> upstream.prefix().equals(prefix))
                .findFirst();
    }
}
