package dev.larder.domain.lifecycle;

import dev.larder.domain.image.Glob;
import dev.larder.domain.image.KeepTag;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the file says by name of the images of one repository: pins, and what is protected. */
final class Names {
    private final String repository;
    private final Set<String> tags = new HashSet<>();
    private final Set<String> digests = new HashSet<>();
    private final List<Glob> pinned;
    private final List<Glob> protect;
    private final Optional<Glob> whole;
    private final int patterns;

    Names(RepositoryName repository, Policy policy, EvictionRule rule) {
        this.repository = repository.value();
        for (String pin : policy.pins()) {
            cut(pin, ':').ifPresent(tags::add);
            cut(pin, '@').ifPresent(digests::add);
        }
        pinned = policy.pinned();
        patterns = rule.protect().size();
        protect =
                rule.protect().stream().filter(glob -> !isOfRepositories(glob)).toList();
        whole = rule.protect().stream()
                .filter(Names::isOfRepositories)
                .filter(glob -> glob.matches(this.repository))
                .findFirst();
    }

    private static boolean isOfRepositories(Glob glob) {
        return glob.pattern().indexOf(':') < 0;
    }

    private Optional<String> cut(String pin, char separator) {
        int length = repository.length();
        return pin.length() > length && pin.charAt(length) == separator && pin.startsWith(repository)
                ? Optional.of(pin.substring(length + 1))
                : Optional.empty();
    }

    Optional<Verdict.Keep> keep(Manifest manifest) {
        if (digests.contains(manifest.digest().value())) {
            return keep(Guard.PINNED, manifest.name() + " is pinned");
        }
        for (Tag tag : manifest.tags()) {
            if (KeepTag.is(tag)) {
                continue;
            }
            if (tags.contains(tag.value())) {
                return keep(Guard.PINNED, repository + ":" + tag + " is pinned");
            }
            if (!pinned.isEmpty() || !protect.isEmpty()) {
                String image = repository + ":" + tag;
                for (Glob glob : pinned) {
                    if (glob.matches(image)) {
                        return keep(Guard.PINNED, image + " is pinned by " + glob);
                    }
                }
                for (Glob glob : protect) {
                    if (glob.matches(image)) {
                        return keep(Guard.PROTECTED, image + " matches " + glob);
                    }
                }
            }
        }
        return whole.flatMap(glob -> keep(Guard.PROTECTED, "its repository matches " + glob));
    }

    /** What was looked at in vain. */
    String evidence() {
        return "not pinned, not protected by any of " + patterns + " patterns";
    }

    private static Optional<Verdict.Keep> keep(Guard guard, String detail) {
        return Optional.of(new Verdict.Keep(guard, detail, Optional.empty()));
    }
}
