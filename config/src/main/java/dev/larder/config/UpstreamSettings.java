package dev.larder.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@link Upstream}s to and from {@link EnvironmentVariables#UPSTREAMS}, separated by {@code |}:
 *
 * <pre>{@code
 * prefix=docker-hub; registry=docker-hub; credentials=docker-hub; allow=library/*; pulls=200; per=6h; reserve=50 |
 * prefix=quay; registry=quay
 * }</pre>
 *
 * <p>What a reader can know is left out to stay within Lambda's 4 KB: the URL of a registry with one host, the fixed start
 * of a secret's name, and what a registry usually counts.
 */
public final class UpstreamSettings {
    private static final Set<String> FIELDS = new LinkedHashSet<>(
            List.of("prefix", "registry", "url", "credentials", "allow", "pulls", "per", "reserve", "counts"));

    private UpstreamSettings() {}

    /** The variable and its text. */
    public static Map<String, String> toEnvironment(List<Upstream> upstreams) {
        String text = upstreams.stream().map(UpstreamSettings::write).collect(Collectors.joining(" | "));
        return Map.of(EnvironmentVariables.UPSTREAMS, text);
    }

    /**
     * What {@link #toEnvironment} was given.
     *
     * @throws IllegalArgumentException when the variable is missing or broken
     */
    public static List<Upstream> fromEnvironment(Map<String, String> environment) {
        String text = SettingsReader.text(environment, EnvironmentVariables.UPSTREAMS);
        List<Upstream> upstreams = new ArrayList<>();
        for (String one : text.isEmpty() ? new String[0] : text.split(" \\| ", -1)) {
            upstreams.add(read(SettingsReader.of(EnvironmentVariables.UPSTREAMS, one, FIELDS)));
        }
        return List.copyOf(upstreams);
    }

    private static String write(Upstream upstream) {
        SettingsText text = new SettingsText()
                .with("prefix", upstream.prefix())
                .with("registry", upstream.registry().id());
        if (!upstream.registry().host().equals(Optional.of(upstream.url()))) {
            text.with("url", upstream.url());
        }
        upstream.credentials().ifPresent(name -> text.with("credentials", SecretNames.withoutStart(name)));
        if (!upstream.allow().isEmpty()) {
            text.with("allow", upstream.allow());
        }
        upstream.budget().ifPresent(budget -> write(budget, upstream.registry(), text));
        return text.toString();
    }

    private static void write(Budget budget, Registry registry, SettingsText text) {
        text.with("pulls", budget.pulls())
                .with("per", Durations.write(budget.per()))
                .with("reserve", budget.reservePercent());
        if (budget.counts() != Budget.Counts.usual(registry)) {
            text.with("counts", budget.counts().id());
        }
    }

    private static Upstream read(SettingsReader reader) {
        Registry registry = reader.required("registry", Registries::read);
        String url = reader.optional("url", text -> text)
                .or(registry::host)
                .orElseGet(() -> reader.required("url", text -> text));
        Optional<Budget> budget = reader.optional("pulls", Numbers.atLeast(1))
                .map(pulls -> new Budget(
                        pulls,
                        reader.required("per", Durations::read),
                        reader.required("reserve", Numbers.between(0, 100)),
                        reader.optional("counts", CountsWords::read).orElse(Budget.Counts.usual(registry))));
        return new Upstream(
                reader.required("prefix", text -> text),
                registry,
                url,
                reader.optional("credentials", SecretNames::withStart),
                reader.list("allow"),
                budget);
    }
}
