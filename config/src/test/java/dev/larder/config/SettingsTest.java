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

/** Settings go to the environment and come back as they were. */
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
