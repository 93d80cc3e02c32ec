package dev.larder.functions.planning;

import dev.larder.config.Substitute;
import dev.larder.events.image.RepositoryName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the file says that equal images cost less.
 *
 * @param all in the file's order; the first that matches counts
 */
public record Substitutes(List<Substitute> all) {
    private static final String ANY = "/*";

    /** Copies the list. */
    public Substitutes {
        all = List.copyOf(all);
    }

    /** The repository that costs less; the same when there is none. */
    public RepositoryName of(RepositoryName repository) {
        return all.stream()
                .flatMap(substitute -> apply(substitute, repository).stream())
                .findFirst()
                .orElse(repository);
    }

    /** Pins as the file has them and as they are warmed. */
    public List<String> pins(List<String> pins) {
        return pins.stream()
                .flatMap(pin -> {
                    int at = pin.indexOf('@');
                    String name = at < 0 ? pin : pin.substring(0, at);
                    int end = name.indexOf(':') < 0 ? name.length() : name.indexOf(':');
                    RepositoryName cheaper = of(new RepositoryName(pin.substring(0, end)));
                    return Stream.of(pin, cheaper + pin.substring(end));
                })
                .distinct()
                .toList();
    }

    private static Optional<RepositoryName> apply(Substitute substitute, RepositoryName repository) {
        String from = start(substitute.from());
        String name = repository.value();
        boolean within = name.startsWith(from) && name.indexOf('/', from.length()) < 0;
        return within
                ? Optional.of(new RepositoryName(start(substitute.to()) + name.substring(from.length())))
                : Optional.empty();
    }

    private static String start(String pattern) {
        return pattern.endsWith(ANY) ? pattern.substring(0, pattern.length() - 1) : pattern + "/";
    }
}
