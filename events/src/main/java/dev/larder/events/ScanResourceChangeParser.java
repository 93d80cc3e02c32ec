package dev.larder.events;

import dev.larder.events.ScanResourceChange.ScannedRepository;
import dev.larder.events.image.RepositoryName;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code ECR Scan Resource Change}. */
final class ScanResourceChangeParser {
    private ScanResourceChangeParser() {}

    static ScanResourceChange parse(Envelope envelope, JsonObject detail) throws MalformedEventException {
        List<ScannedRepository> repositories = new ArrayList<>();
        for (JsonObject repository : detail.objects("repositories")) {
            repositories.add(new ScannedRepository(
                    repository.value("repository-name", "a repository name", RepositoryName::new),
                    repository.optionalText("scan-frequency"),
                    repository.optionalText("previous-scan-frequency")));
        }
        return new ScanResourceChange(
                envelope,
                detail.text("action-type"),
                detail.optionalText("resource-type"),
                detail.optionalText("scan-type"),
                repositories);
    }
}
