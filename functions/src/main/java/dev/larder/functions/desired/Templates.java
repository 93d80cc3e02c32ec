package dev.larder.functions.desired;

import dev.larder.events.image.RepositoryName;
import dev.larder.functions.ecr.RepositorySettings;
import dev.larder.functions.ecr.RepositorySettings.Template;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The repository creation templates, read again after a minute: a function may live for hours, and a deployment that
 * changes only templates leaves it running.
 */
final class Templates {
    private static final Duration FRESH = Duration.ofMinutes(1);
    private static final String ROOT = "ROOT";

    private final RepositorySettings settings;
    private final InstantSource clock;
    private List<Template> templates = List.of();
    private Instant staleAt = Instant.MIN;

    Templates(RepositorySettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** The template with the longest prefix, as ECR chooses it; empty when there is none for the repository. */
    Optional<Template> of(RepositoryName repository) {
        return all().stream()
                .filter(template ->
                        template.prefix().equals(ROOT) || repository.value().startsWith(template.prefix() + "/"))
                .max(Comparator.comparingInt(template ->
                        template.prefix().equals(ROOT) ? 0 : template.prefix().length()));
    }

    private List<Template> all() {
        Instant now = clock.instant();
        if (!now.isBefore(staleAt)) {
            templates = settings.templates();
            staleAt = now.plus(FRESH);
        }
        return templates;
    }
}
