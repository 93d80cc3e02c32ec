package dev.larder.functions.desired;

import dev.larder.config.ConfigFile;
import dev.larder.config.Target;
import dev.larder.domain.desired.Drift;
import dev.larder.domain.desired.TagMutability;
import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.MovableClock;
import dev.larder.functions.ecr.RepositorySettings.Template;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;

/** Repositories, and what the file wants of them. */
abstract class RepositoryReconciliationFixture {
    static final RepositoryName APP = new RepositoryName("quay/app");
    static final Digest PINNED = new Digest("sha256:" + "ab".repeat(32));

    static final String THEIR_RULE =
            "{\"rulePriority\":9,\"description\":\"mine\",\"selection\":{\"tagStatus\":\"any\",\"countType\":"
                    + "\"imageCountMoreThan\",\"countNumber\":9},\"action\":{\"type\":\"expire\"}}";
    final InMemorySettings settings = new InMemorySettings();
    final MovableClock clock = new MovableClock(Instant.parse("2026-11-26T12:00:00Z"));
    final List<Duration> waited = new ArrayList<>();

    Supplier<Optional<String>> off = Optional::empty;

    final RepositoryReconciliation reconciliation = new RepositoryReconciliation(
            settings,
            (repository, digests) -> {
                Map<Digest, String> kept = new HashMap<>();
                digests.stream().filter(PINNED::equals).forEach(digest -> kept.put(digest, "pinned"));
                return kept;
            },
            () -> off.get(),
            RepositoryReconciliation.BRIEF,
            waited::add,
            clock);

    @BeforeEach
    void whatTheFileMakesOfATemplate() {
        var wanted = ConfigFile.parse("""
                        name: cache
                        cells: [{ account: "111122223333", region: eu-central-1 }]
                        upstreams: { quay: { registry: quay } }
                        repositories:
                          expire: [{ images: untagged, olderThan: 90d }]
                          policy: [{ Sid: Pull, Effect: Allow, Principal: { AWS: "111122223333" }, Action: "ecr:BatchGetImage" }]
                        """, "larder.yaml", Target.ACCOUNT).repositories("quay");
        settings.templates.add(new Template(
                "quay",
                wanted.lifecyclePolicyText(),
                wanted.repositoryPolicyText(),
                Map.of("managed-by", "larder", "larder:scan-on-push", "true"),
                InMemorySettings.MUTABLE,
                Optional.empty()));
    }

    List<Drift> reconcile() {
        return reconciliation.reconcile(APP, true);
    }

    static Template template(String prefix, TagMutability mutability, Optional<String> key) {
        return new Template(prefix, Optional.empty(), Optional.empty(), Map.of(), mutability, key);
    }
}
