package dev.larder.local.ecr.state;

import dev.larder.local.ecr.CacheRule;
import java.util.Optional;
import java.util.function.Function;

/** The longest prefix wins; a slash is always assumed at its end; {@code ROOT} is for what no other one has. */
final class Prefixes {
    private Prefixes() {}

    static <T> Optional<T> longest(String repository, Function<String, Optional<T>> find) {
        for (int slash = repository.lastIndexOf('/'); slash > 0; slash = repository.lastIndexOf('/', slash - 1)) {
            Optional<T> found = find.apply(repository.substring(0, slash));
            if (found.isPresent()) {
                return found;
            }
        }
        return find.apply(CacheRule.ROOT);
    }
}
