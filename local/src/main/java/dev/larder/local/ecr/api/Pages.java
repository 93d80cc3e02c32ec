package dev.larder.local.ecr.api;

import dev.larder.local.ecr.state.Page;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Pages of short lists that are at hand. */
final class Pages {
    private Pages() {}

    /** The next items of a list that is in the order of its keys. */
    static <T> Page<T> of(List<T> sorted, Function<T, String> key, Optional<String> after, int limit) {
        List<T> rest = sorted.stream()
                .filter(item -> after.isEmpty() || key.apply(item).compareTo(after.get()) > 0)
                .toList();
        return rest.size() <= limit
                ? new Page<>(rest, Optional.empty())
                : new Page<>(rest.subList(0, limit), Optional.of(key.apply(rest.get(limit - 1))));
    }
}
