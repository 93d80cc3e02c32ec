package dev.larder.functions.objections;

import static dev.larder.functions.objections.Candidates.REPOSITORY;
import static dev.larder.functions.objections.Candidates.digest;
import static dev.larder.functions.objections.Candidates.image;

import dev.larder.config.Budget;
import dev.larder.config.Registry;
import dev.larder.config.Upstream;
import dev.larder.domain.lifecycle.Guard;
import dev.larder.domain.lifecycle.Manifest;
import dev.larder.domain.lifecycle.Objection;
import dev.larder.events.image.Digest;
import dev.larder.functions.MovableClock;
import dev.larder.functions.ecr.CachedManifest;
import dev.larder.functions.lifecycle.Objections;
import dev.larder.functions.registry.FakeUpstreams;
import dev.larder.functions.table.LocalTable;
import dev.larder.functions.upstream.FundsPurse;
import dev.larder.functions.upstream.InMemoryProbes;
import dev.larder.functions.upstream.InMemoryUpstreamStates;
import dev.larder.functions.upstream.UpstreamGate;
import dev.larder.functions.upstream.UpstreamHealth;
import dev.larder.functions.warm.Upstreams;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

/** Images of which the upstream is asked whether it still has them. */
abstract class HeldAtUpstreamFixture {
    static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");
    static final Duration UNUSED = Duration.ofDays(30);
    final LocalTable local = new LocalTable();
    final MovableClock clock = new MovableClock(NOW);
    final Map<String, Digest> published = new HashMap<>();

    final FakeUpstreams upstreams = new FakeUpstreams(
            image -> Optional.ofNullable(published.get(image.tag().value())),
            digest -> new CachedManifest(
                    digest, "application/vnd.oci.image.manifest.v1+json", "{}", List.of(), List.of()));
    final InMemoryUpstreamStates states = new InMemoryUpstreamStates();
    final UpstreamHealth health = new UpstreamHealth(states);

    @AfterEach
    void close() {
        local.close();
    }

    Objections signal(Optional<Budget> budget) {
        Upstream upstream = new Upstream(
                "mirror", Registry.CUSTOM, "https://registry.example", Optional.empty(), List.of(), budget);
        return new HeldAtUpstream(
                new Upstreams(List.of(upstream)),
                new UpstreamQuestions(
                        upstreams,
                        new UpstreamGate(health, new InMemoryProbes(), clock),
                        health,
                        new FundsPurse(states),
                        clock),
                new DynamoDbUpstreamAnswers(local.table()),
                clock);
    }

    Map<Digest, Objection> ask(Manifest... candidates) {
        return signal(Optional.empty())
                .of(REPOSITORY, List.of(candidates), UNUSED, false)
                .against();
    }

    static Guard guard(Map<Digest, Objection> objections, char name) {
        return objections.get(digest(name)).guard();
    }
}
