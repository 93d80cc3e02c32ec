package dev.larder.local.ecr.state;

import dev.larder.local.ecr.CacheRule;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a registry has beside its repositories: cache rules, creation templates, exclusions, single settings. */
public final class RegistrySettings {
    private final Metadata metadata;
    private final Table<Rule> rules;
    private final Table<Template> templates;
    private final Table<Exclusion> exclusions;
    private final Table<String> settings;

    RegistrySettings(Metadata metadata) {
        this.metadata = metadata;
        rules = metadata.table("cacheRules", Rule.class);
        templates = metadata.table("templates", Template.class);
        exclusions = metadata.table("pullTimeExclusions", Exclusion.class);
        settings = metadata.table("settings", String.class);
    }

    /** The cache rule of exactly this prefix. */
    public Optional<Rule> rule(String prefix) {
        return metadata.read(() -> rules.get(prefix));
    }

    /** The cache rule with the longest prefix that the repository falls under. */
    public Optional<CacheRule> ruleFor(String repository) {
        return metadata.read(
                () -> Prefixes.longest(repository, prefix -> rules.get(prefix)).map(Rule::rule));
    }

    /** All cache rules by prefix. */
    public List<Rule> rules() {
        return metadata.read(() -> rules.all());
    }

    /** Creates or replaces a cache rule. */
    public void put(Rule rule) {
        metadata.write(() -> rules.put(rule, rule.rule().prefix()));
    }

    /** Removes a cache rule; what it cached stays. */
    public void removeRule(String prefix) {
        metadata.write(() -> rules.remove(prefix));
    }

    /** The creation template of exactly this prefix. */
    public Optional<Template> template(String prefix) {
        return metadata.read(() -> templates.get(prefix));
    }

    /** The creation template with the longest prefix, among those for repositories made in this way. */
    public Optional<Template> templateFor(String repository, String appliedFor) {
        return metadata.read(() -> Prefixes.longest(
                repository,
                prefix -> templates.get(prefix).filter(t -> t.appliedFor().contains(appliedFor))));
    }

    /** All creation templates by prefix. */
    public List<Template> templates() {
        return metadata.read(() -> templates.all());
    }

    /** Creates or replaces a creation template. */
    public void put(Template template) {
        metadata.write(() -> templates.put(template, template.prefix()));
    }

    /** Removes a creation template; the repositories that it made stay as they are. */
    public void removeTemplate(String prefix) {
        metadata.write(() -> templates.remove(prefix));
    }

    /** The principals whose pulls leave {@code lastRecordedPullTime} alone, by ARN. */
    public List<Exclusion> exclusions() {
        return metadata.read(() -> exclusions.all());
    }

    /** Whether pulls by this role or user leave {@code lastRecordedPullTime} alone. */
    public boolean isExcluded(String principalArn) {
        return metadata.read(() -> exclusions.has(principalArn));
    }

    /** Adds a principal to the exclusions. */
    public void put(Exclusion exclusion) {
        metadata.write(() -> exclusions.put(exclusion, exclusion.principalArn()));
    }

    /** Takes a principal off the exclusions. */
    public void removeExclusion(String principalArn) {
        metadata.write(() -> exclusions.remove(principalArn));
    }

    /** A setting that a registry has one of, as JSON text. */
    public Optional<String> setting(String name) {
        return metadata.read(() -> settings.get(name));
    }

    /** Sets what a registry has one of. */
    public void putSetting(String name, String json) {
        metadata.write(() -> settings.put(json, name));
    }

    /** Removes what a registry has one of. */
    public void removeSetting(String name) {
        metadata.write(() -> settings.remove(name));
    }

    /**
     * A principal whose pulls do not count as pulls.
     *
     * @param principalArn of a role or user, path included
     */
    public record Exclusion(String principalArn, Instant createdAt) {}
}
