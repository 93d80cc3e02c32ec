package dev.larder.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import net.jqwik.api.Example;

/** The text of settings, which a person can read. */
class SettingsTextTest {
    @Example
    void aPersonCanReadTheText() {
        Usage usage = new Usage(Duration.ofDays(7), List.of("arn:aws:iam::111122223333:role/a"));
        Upstream hub = new Upstream(
                "hub",
                Registry.DOCKER_HUB,
                "registry-1.docker.io",
                Optional.of("ecr-pullthroughcache/hub"),
                List.of("library/*"),
                Optional.of(new Budget(200, Duration.ofHours(6), 50, Budget.Counts.MANIFESTS)));
        Upstream mirror = new Upstream(
                "mirror", Registry.CUSTOM, "http://127.0.0.1:5001", Optional.empty(), List.of(), Optional.empty());
        Warm warm = new Warm(
                "rate(15 minutes)",
                List.of("linux/amd64"),
                List.of("hub/library/nginx:1.27"),
                List.of(
                        new Track("hub/library/postgres", ">=15 <18", List.of("alpine"), 2),
                        new Track("hub/library/redis", Track.ANY_VERSION, List.of(), 1)),
                new Warm.Popular(1000, 2, Duration.ofDays(14)),
                Warm.Limits.DEFAULT,
                List.of("111122223333/eu-central-1"),
                List.of(new Substitute("hub/library/*", "ecr-public/docker/library/*")));

        assertEquals(
                Map.of("LARDER_USAGE", "halfLife=7d; exclude=arn:aws:iam::111122223333:role/a"),
                UsageSettings.toEnvironment(usage));
        assertEquals(
                Map.of(
                        "LARDER_UPSTREAMS",
                        "prefix=hub; registry=docker-hub; credentials=hub; allow=library/*; pulls=200; per=6h; "
                                + "reserve=50 | prefix=mirror; registry=custom; url=http://127.0.0.1:5001"),
                UpstreamSettings.toEnvironment(List.of(hub, mirror)));
        assertEquals(
                Map.of(
                        "LARDER_WARM",
                        "schedule=rate(15 minutes); platforms=linux/amd64; pins=hub/library/nginx:1.27; top=1000; "
                                + "minimumPulls=2; within=14d; images=500; bytes=500GB; "
                                + "cells=111122223333/eu-central-1"
                                + " | track=hub/library/postgres; versions=>=15 <18; variants=alpine; newest=2"
                                + " | track=hub/library/redis; newest=1"
                                + " | from=hub/library/*; to=ecr-public/docker/library/*"),
                WarmSettings.toEnvironment(warm));
    }

    @Example
    void aPersonCanReadTheLifecycle() {
        Duration month = Duration.ofDays(30);
        Lifecycle.Limits limits = new Lifecycle.Limits(1000, 1_000_000_000_000L, 50, 10);
        Lifecycle.Rule rule = new Lifecycle.Rule(
                "hub/library/**",
                Optional.of(Duration.ofDays(14)),
                Optional.empty(),
                Optional.of(Duration.ofDays(1)),
                OptionalInt.of(1),
                Optional.of(false),
                List.of("**:lts"));

        assertEquals(
                Map.of(
                        "LARDER_LIFECYCLE",
                        "enforce=true; schedule=rate(1 day); notPulledFor=30d; superseded=7d; keepNewest=2; "
                                + "protect=**:prod-*; goneUpstream=evict; images=1000; bytes=1TB; "
                                + "repositoryPercent=50; cellPercent=10"
                                + " | rule=hub/library/**; notPulledFor=14d; failedImports=1d; keepNewest=1; "
                                + "goneUpstream=keep; protect=**:lts"
                                + " | quota=hub/**; bytes=500GB; notPulledFor=2d"),
                LifecycleSettings.toEnvironment(new Lifecycle(
                        true,
                        "rate(1 day)",
                        new Lifecycle.Evict(month, Duration.ofDays(7), month, 2, List.of("**:prod-*"), true, limits),
                        List.of(rule),
                        List.of(new Lifecycle.Quota("hub/**", 500_000_000_000L, Duration.ofDays(2))))));
    }

    @Example
    void aFieldThatTheReaderDoesNotKnowIsRefused() {
        Map<String, String> environment = Map.of(EnvironmentVariables.USAGE, "halfLife=7d; colour=red");

        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> UsageSettings.fromEnvironment(environment));

        assertTrue(refused.getMessage().contains("colour"), refused.getMessage());
    }
}
