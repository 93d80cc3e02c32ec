package dev.larder.config;

import java.util.List;
import java.util.Optional;

/** One upstream. */
final class UpstreamBinder {
    static final List<String> KEYS = List.of("registry", "url", "credentials", "allow", "budget", "repositories");

    private UpstreamBinder() {}

    static Optional<Upstream> bind(String prefix, Section section, Target target) {
        Optional<Registry> registry = section.require("registry", "one of " + String.join(", ", Registries.ids()))
                .flatMap(value -> registry(value, target));
        Optional<String> url = registry.flatMap(known -> Urls.bind(section, known));
        Optional<String> credentials = section.get("credentials").flatMap(value -> value.text(SecretNames::read));
        registry.ifPresent(known -> checkCredentials(section, known));
        List<String> allow = AllowList.bind(section, registry);
        Optional<Budget> budget =
                section.section("budget", BudgetBinder.KEYS).flatMap(limit -> BudgetBinder.bind(limit, registry));
        return registry.flatMap(
                known -> url.map(address -> new Upstream(prefix, known, address, credentials, allow, budget)));
    }

    private static Optional<Registry> registry(Entry entry, Target target) {
        Optional<Registry> registry = entry.text(Registries::read);
        if (registry.equals(Optional.of(Registry.CUSTOM)) && target == Target.ACCOUNT) {
            entry.expected("a registry that ECR can cache: ECR has no rules for other registries, only the local cloud"
                    + " has; for a deploy remove this upstream, or keep it in another file for the local cloud");
        }
        return registry;
    }

    private static void checkCredentials(Section section, Registry registry) {
        if (registry.needsCredentials()) {
            section.require(
                    "credentials",
                    "the name of a secret in Secrets Manager that starts with " + SecretNames.START
                            + ": ECR wants one for " + registry.id());
        } else if (registry != Registry.CUSTOM) {
            section.get("credentials")
                    .ifPresent(entry -> entry.expected("no credentials: ECR takes none for " + registry.id()));
        }
    }
}
