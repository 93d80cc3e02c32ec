package dev.larder.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code warm.substitutes}: repositories of one upstream, and the equal ones of another. */
final class SubstituteBinder {
    private static final String END = "/*";

    private SubstituteBinder() {}

    static List<Substitute> bind(Entry entry, BoundUpstreams upstreams) {
        return Section.open(entry).map(section -> bindAll(section, upstreams)).orElse(List.of());
    }

    private static List<Substitute> bindAll(Section section, BoundUpstreams upstreams) {
        List<Substitute> substitutes = new ArrayList<>();
        section.keys().forEach((from, key) -> {
            Optional<String> taken = taken(key, from, upstreams);
            section.get(from)
                    .flatMap(value -> value.text(text -> target(text, from, upstreams)))
                    .ifPresent(to -> taken.ifPresent(known -> substitutes.add(new Substitute(known, to))));
        });
        substitutes.forEach(substitute ->
                section.get(substitute.from()).ifPresent(value -> checkNotSubstituted(value, substitute, substitutes)));
        return substitutes;
    }

    private static Optional<String> taken(Entry key, String from, BoundUpstreams upstreams) {
        try {
            return Optional.of(repositories(from, upstreams));
        } catch (UnexpectedText e) {
            key.problem("the key " + Shown.quoted(from), e.expected());
            return Optional.empty();
        }
    }

    private static String target(String text, String from, BoundUpstreams upstreams) {
        String to = repositories(text, upstreams);
        if (upstreams.prefixOf(to).equals(upstreams.prefixOf(from))) {
            throw new UnexpectedText("repositories of another upstream than those of " + Shown.line(from));
        }
        return to;
    }

    /** Everything in one place of an upstream: a repository's beginning that ends in {@code /*}. */
    private static String repositories(String text, BoundUpstreams upstreams) {
        boolean open = text.endsWith(END);
        if (!open || !Repositories.isName(text.substring(0, text.length() - END.length()))) {
            throw new UnexpectedText("the beginning of repositories' names and /*, such as docker-hub/library/*");
        }
        if (upstreams.prefixOf(text).isEmpty()) {
            throw Repositories.outside("repositories", upstreams);
        }
        return text;
    }

    /** One step leads to where an image comes from; a second could lead back. */
    private static void checkNotSubstituted(Entry value, Substitute substitute, List<Substitute> all) {
        for (Substitute other : all) {
            if (substitute.to().startsWith(start(other)) || other.from().startsWith(startOf(substitute.to()))) {
                value.expected("repositories that have no substitute themselves: " + other.from() + " has one");
                return;
            }
        }
    }

    private static String start(Substitute substitute) {
        return startOf(substitute.from());
    }

    private static String startOf(String repositories) {
        return repositories.substring(0, repositories.length() - 1);
    }
}
