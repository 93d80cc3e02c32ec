package dev.larder.domain.lifecycle;

import dev.larder.domain.image.KeepTag;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is said to run somewhere, of one repository. */
final class Uses {
    private final RepositoryName repository;
    private final List<InUse> sources;
    private final String evidence;

    Uses(RepositoryName repository, List<InUse> all) {
        this.repository = repository;
        this.sources = all.stream().filter(source -> !source.images().isEmpty()).toList();
        this.evidence = all.isEmpty()
                ? "in use: nobody could be asked"
                : "in use: not according to " + all.stream().map(InUse::source).collect(Collectors.joining(", "));
    }

    Optional<Verdict.Keep> keep(Manifest manifest) {
        if (sources.isEmpty()) {
            return Optional.empty();
        }
        Optional<Verdict.Keep> found = by(new Digested(repository, manifest.digest()));
        for (Tag tag : manifest.tags()) {
            if (found.isEmpty() && !KeepTag.is(tag)) {
                found = by(new Tagged(repository, tag));
            }
        }
        return found;
    }

    private Optional<Verdict.Keep> by(ImageReference image) {
        for (InUse source : sources) {
            String user = source.images().get(image);
            if (user != null) {
                return Optional.of(new Verdict.Keep(
                        Guard.IN_USE, image + " is used by " + user + ", says " + source.source(), Optional.empty()));
            }
        }
        return Optional.empty();
    }

    /** Who was asked in vain. */
    String evidence() {
        return evidence;
    }
}
