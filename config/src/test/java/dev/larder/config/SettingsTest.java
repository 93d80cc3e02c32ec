package dev.larder.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What infra writes into a function's environment is what the function reads. */
class SettingsTest {
    @Property(tries = 300)
    void usageComesBackAsItWas(@ForAll("durations") Duration halfLife, @ForAll("lists") List<String> exclude) {
        Usage usage = new Usage(halfLife, exclude);

        assertEquals(usage, UsageSettings.fromEnvironment(UsageSettings.toEnvironment(usage)));
    }

    @Example
    void noFunctionKnowsTheTeams() {
        Usage usage = new Usage(Duration.ofDays(7), List.of(), Map.of("payments", List.of("pod/*/payments-*")));

        Map<String, String> environment = UsageSettings.toEnvironment(usage);

        assertEquals(Map.of("LARDER_USAGE", "halfLife=7d; exclude="), environment);
        assertEquals(new Usage(Duration.ofDays(7), List.of()), UsageSettings.fromEnvironment(environment));
    }

    @Property(tries = 300)
    void warmingComesBackAsItWas(
            @ForAll("schedules") String schedule,
            @ForAll("lists") List<String> pins,
            @ForAll("tracks") List<Track> tracks,
            @ForAll("populars") Warm.Popular popular,
            @ForAll("warmLimits") Warm.Limits limits,
            @ForAll("lists") List<String> cells,
            @ForAll("substitutes") List<Substitute> substitutes) {
        Warm warm = new Warm(schedule, List.of("linux/amd64"), pins, tracks, popular, limits, cells, substitutes);

        assertEquals(warm, WarmSettings.fromEnvironment(WarmSettings.toEnvironment(warm)));
    }

    @Property(tries = 300)
    void theLifecycleComesBackAsItWas(
            @ForAll boolean enforce,
            @ForAll String schedule,
            @ForAll("evictions") Lifecycle.Evict evict,
            @ForAll("rules") List<Lifecycle.Rule> rules,
            @ForAll("quotas") List<Lifecycle.Quota> quotas) {
        Lifecycle lifecycle = new Lifecycle(enforce, schedule, evict, rules, quotas);

        assertEquals(lifecycle, LifecycleSettings.fromEnvironment(LifecycleSettings.toEnvironment(lifecycle)));
    }

    @Property(tries = 300)
    void upstreamsComeBackAsTheyWere(@ForAll("upstreams") List<Upstream> upstreams) {
        assertEquals(upstreams, UpstreamSettings.fromEnvironment(UpstreamSettings.toEnvironment(upstreams)));
    }

    @Property
    void aBrokenTextIsRefusedByTheNameOfItsVariable(@ForAll String text) {
        Map<String, String> environment = Map.of(EnvironmentVariables.LIFECYCLE, text);

        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> LifecycleSettings.fromEnvironment(environment));

        assertTrue(refused.getMessage().contains(EnvironmentVariables.LIFECYCLE), refused.getMessage());
    }

    @Example
    void aMissingVariableIsNamed() {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> WarmSettings.fromEnvironment(Map.of()));

        assertEquals(
                "could not read the environment variable LARDER_WARM: it is not set; "
                        + "expected the settings that the template gives to the function",
                refused.getMessage());
    }

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

    /** The functions' zip carries no YAML library. */
    @Example
    void settingsAreReadWithoutAYamlLibrary() throws Exception {
        URL classes =
                UpstreamSettings.class.getProtectionDomain().getCodeSource().getLocation();
        try (URLClassLoader functions = new URLClassLoader(new URL[] {classes}, ClassLoader.getPlatformClassLoader())) {
            assertThrows(ClassNotFoundException.class, () -> functions.loadClass("org.snakeyaml.engine.v2.nodes.Node"));
            Method read = functions.loadClass(UpstreamSettings.class.getName()).getMethod("fromEnvironment", Map.class);

            Object upstreams = read.invoke(null, Map.of("LARDER_UPSTREAMS", "prefix=quay; registry=quay"));

            assertTrue(upstreams.toString().contains("quay.io"), upstreams.toString());
            Method refuse =
                    functions.loadClass(LifecycleSettings.class.getName()).getMethod("fromEnvironment", Map.class);
            assertThrows(
                    InvocationTargetException.class,
                    () -> refuse.invoke(null, Map.of("LARDER_LIFECYCLE", "enforce=perhaps")));
        }
    }

    @Provide
    Arbitrary<Duration> durations() {
        Arbitrary<Duration> units =
                Arbitraries.of(Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofHours(1), Duration.ofDays(1));
        return Combinators.combine(units, Arbitraries.integers().between(1, 3650))
                .as(Duration::multipliedBy);
    }

    @Provide
    Arbitrary<List<String>> lists() {
        Arbitrary<String> odd = Arbitraries.strings()
                .withChars("a:/*;|,%= \n{}\"")
                .ofMinLength(1)
                .ofMaxLength(12);
        Arbitrary<String> any = Arbitraries.strings().ofMinLength(1).ofMaxLength(12);
        return Arbitraries.oneOf(odd, any).list().ofMaxSize(4);
    }

    @Provide
    Arbitrary<Warm.Popular> populars() {
        return Combinators.combine(counts(), counts(), durations()).as(Warm.Popular::new);
    }

    @Provide
    Arbitrary<String> schedules() {
        return Arbitraries.strings();
    }

    @Provide
    Arbitrary<Warm.Limits> warmLimits() {
        return Combinators.combine(counts(), Arbitraries.longs().between(1, 1L << 62))
                .as(Warm.Limits::new);
    }

    @Provide
    Arbitrary<List<Track>> tracks() {
        Arbitrary<String> odd =
                Arbitraries.strings().withChars("track=|;,% >x*").ofMaxLength(12);
        return Combinators.combine(odd, odd, lists(), counts())
                .as(Track::new)
                .list()
                .ofMaxSize(3);
    }

    @Provide
    Arbitrary<List<Substitute>> substitutes() {
        Arbitrary<String> odd =
                Arbitraries.strings().withChars("track=|;,% >x*").ofMaxLength(12);
        return Combinators.combine(odd, odd).as(Substitute::new).list().ofMaxSize(3);
    }

    @Provide
    Arbitrary<Lifecycle.Evict> evictions() {
        Arbitrary<Long> bytes = Arbitraries.longs().between(1, 1L << 62);
        Arbitrary<Integer> percents = Arbitraries.integers().between(1, 100);
        Arbitrary<Lifecycle.Limits> limits =
                Combinators.combine(counts(), bytes, percents, percents).as(Lifecycle.Limits::new);
        return Combinators.combine(
                        durations(), durations(), durations(), counts(), lists(), Arbitraries.of(true, false), limits)
                .as(Lifecycle.Evict::new);
    }

    @Provide
    Arbitrary<List<Lifecycle.Rule>> rules() {
        Arbitrary<OptionalInt> newest =
                counts().map(OptionalInt::of).injectNull(0.3).map(SettingsTest::orNone);
        return Combinators.combine(
                        odd(),
                        durations().optional(),
                        durations().optional(),
                        durations().optional(),
                        newest,
                        Arbitraries.of(true, false).optional(),
                        lists())
                .as(Lifecycle.Rule::new)
                .list()
                .ofMaxSize(3);
    }

    private static OptionalInt orNone(OptionalInt number) {
        return number == null ? OptionalInt.empty() : number;
    }

    @Provide
    Arbitrary<List<Lifecycle.Quota>> quotas() {
        return Combinators.combine(odd(), Arbitraries.longs().between(1, 1L << 62), durations())
                .as(Lifecycle.Quota::new)
                .list()
                .ofMaxSize(3);
    }

    private static Arbitrary<String> odd() {
        return Arbitraries.strings().withChars("quota=|;,% >x*").ofMaxLength(12);
    }

    @Provide
    Arbitrary<List<Upstream>> upstreams() {
        Arbitrary<String> text = Arbitraries.strings().ofMinLength(1).ofMaxLength(12);
        Arbitrary<Optional<String>> credentials =
                text.map(SecretNames.START::concat).optional();
        Arbitrary<Optional<Budget>> budget = Combinators.combine(
                        counts(),
                        durations(),
                        Arbitraries.integers().between(0, 100),
                        Arbitraries.of(Budget.Counts.class))
                .as(Budget::new)
                .optional();
        Arbitrary<Upstream> upstream = Combinators.combine(
                        text, Arbitraries.of(Registry.class), text, credentials, lists(), budget)
                .as(Upstream::new);
        return upstream.list().ofMaxSize(4);
    }

    private static Arbitrary<Integer> counts() {
        return Arbitraries.integers().between(1, Integer.MAX_VALUE);
    }
}
