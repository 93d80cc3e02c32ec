package dev.larder.domain.lifecycle;

import dev.larder.domain.image.Glob;
import dev.larder.domain.lifecycle.Registries.Case;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The safety list, said again of what goes and what is left, without looking at how it is decided: by brute force, for small
 * repositories.
 */
final class SafetyList {
    /** One thing that went and must not. */
    record Violation(Guard guard, Digest digest) {}

    /** The families of the tags that {@link Registries} gives, the older first. */
    private static final List<List<String>> FAMILIES = List.of(
            List.of("1.1", "1.2", "1.10"),
            List.of("1.1.1", "1.1.2", "1.1.3"),
            List.of("1.1-alpine3.20", "1.2-alpine3.21"),
            List.of("prod-1", "prod-2"));

    private static final Set<String> KNOWN_KINDS = Set.of(
            "application/vnd.oci.image.index.v1+json",
            "application/vnd.oci.image.manifest.v1+json",
            "application/vnd.docker.distribution.manifest.list.v2+json",
            "application/vnd.docker.distribution.manifest.v2+json");

    private final Case registry;
    private final Optional<Duration> quota;
    private final EvictionRule rule;
    private final SafetyRelations relations;
    private final Map<Digest, Set<Guard>> alone = new HashMap<>();

    SafetyList(Case registry, Optional<Duration> quota) {
        this.registry = registry;
        this.relations = new SafetyRelations(registry.manifests());
        this.quota = quota;
        this.rule = registry.policy().rules().stream()
                .filter(one ->
                        matches(one.match(), registry.state().repository().value()))
                .min(Comparator.comparingInt((EvictionRule one) ->
                                -one.match().replace("*", "").length())
                        .thenComparingInt(one -> one.match().length())
                        .thenComparing(EvictionRule::match))
                .orElseThrow();
    }

    /** All that is wrong when these go. */
    List<Violation> violations(Set<Digest> gone) {
        List<Violation> violations = new ArrayList<>();
        for (Manifest manifest : registry.manifests()) {
            if (gone.contains(manifest.digest())) {
                guards(manifest, gone).forEach(guard -> violations.add(new Violation(guard, manifest.digest())));
            }
        }
        return violations;
    }

    private Set<Guard> guards(Manifest manifest, Set<Digest> gone) {
        Set<Guard> guards = new HashSet<>(alone(manifest));
        Digest digest = manifest.digest();
        for (Manifest other : registry.manifests()) {
            boolean stays = !gone.contains(other.digest());
            if (stays && SafetyRelations.lists(other, digest)) {
                guards.add(Guard.LISTED);
            }
            if (stays && SafetyRelations.isAbout(manifest, other.digest())) {
                guards.add(Guard.SUBJECT_STAYS);
            }
            if (stays && SafetyRelations.isAbout(other, digest)) {
                guards.add(Guard.REFERRER_STAYS);
            }
            if (SafetyRelations.lists(manifest, other.digest())
                    && noneStays(other, gone)
                    && isNeeded(other, gone, new HashSet<>())) {
                guards.add(Guard.CHILD_IN_USE);
            }
            boolean unread = other.children().isEmpty()
                    || !KNOWN_KINDS.contains(other.mediaType().orElse(""));
            if (unread && ownTags(manifest).isEmpty()) {
                guards.add(Guard.MAYBE_LISTED);
            }
        }
        if (relations.below(manifest).contains(digest)) {
            guards.add(Guard.CIRCLE);
        }
        return guards;
    }

    /** Whether it stays, and not only because something that could not be read may list it. */
    private boolean isNeeded(Manifest manifest, Set<Digest> gone, Set<Digest> seen) {
        if (gone.contains(manifest.digest()) || !seen.add(manifest.digest())) {
            return false;
        }
        return !alone(manifest).isEmpty()
                || registry.manifests().stream()
                        .filter(other -> SafetyRelations.isAbout(other, manifest.digest())
                                || SafetyRelations.isAbout(manifest, other.digest())
                                || isOnlyIndex(manifest, other, gone))
                        .anyMatch(other -> isNeeded(other, gone, seen));
    }

    private boolean isOnlyIndex(Manifest index, Manifest child, Set<Digest> gone) {
        Set<Digest> without = new HashSet<>(gone);
        without.add(index.digest());
        return SafetyRelations.lists(index, child.digest()) && noneStays(child, without);
    }

    private boolean noneStays(Manifest child, Set<Digest> gone) {
        return registry.manifests().stream()
                .noneMatch(parent -> SafetyRelations.lists(parent, child.digest()) && !gone.contains(parent.digest()));
    }

    /** What keeps it whatever becomes of the others. */
    private Set<Guard> alone(Manifest manifest) {
        return alone.computeIfAbsent(manifest.digest(), digest -> findAlone(manifest));
    }

    private Set<Guard> findAlone(Manifest manifest) {
        Set<Guard> guards = new HashSet<>();
        RepositoryState state = registry.state();
        add(
                guards,
                Guard.NOT_CACHED,
                registry.policy().prefixes().stream()
                        .noneMatch(prefix -> state.repository().value().startsWith(prefix + "/")));
        add(
                guards,
                Guard.UNKNOWN,
                manifest.archived()
                        || manifest.sizeBytes().isEmpty()
                        || manifest.pushedAt().isEmpty()
                        || manifest.children().isEmpty()
                        || !KNOWN_KINDS.contains(manifest.mediaType().orElse("")));
        add(guards, Guard.PINNED, isPinned(manifest));
        add(guards, Guard.PROTECTED, isAnyOf(manifest, protect(true)) || isInAnyOf(manifest, protect(false)));
        Use use = state.uses().getOrDefault(manifest.digest(), Use.NONE);
        Instant limit = Registries.NOW.minus(time(manifest));
        add(guards, Guard.RECORD_TOO_YOUNG, state.completeSince().isEmpty() || after(limit, state.completeSince()));
        add(guards, Guard.PULLED, after(limit, use.pulledAt()) || after(limit, manifest.recordedPullAt()));
        add(guards, Guard.PUSHED, after(limit, use.importedAt()) || after(limit, manifest.pushedAt()));
        add(guards, Guard.WARMED, after(limit, use.warmedAt()));
        add(
                guards,
                Guard.SUPERSEDED_LATELY,
                ownTags(manifest).isEmpty()
                        && after(limit, Optional.ofNullable(state.supersededAt().get(manifest.digest()))));
        add(
                guards,
                Guard.IN_USE,
                names(manifest)
                        .anyMatch(name -> state.inUse().stream()
                                .anyMatch(source -> source.images().containsKey(ImageReference.parse(name)))));
        add(
                guards,
                Guard.IN_USE_UNREADABLE,
                state.inUse().stream().anyMatch(source -> source.unreadable().isPresent()));
        add(guards, Guard.NEWEST_OF_FAMILY, isNewest(manifest));
        Optional.ofNullable(registry.objections().get(manifest.digest()))
                .ifPresent(objection -> guards.add(objection.guard()));
        return guards;
    }

    private static void add(Set<Guard> guards, Guard guard, boolean holds) {
        if (holds) {
            guards.add(guard);
        }
    }

    private static boolean after(Instant limit, Optional<Instant> time) {
        return time.isPresent() && time.get().isAfter(limit);
    }

    private boolean isPinned(Manifest manifest) {
        return names(manifest).anyMatch(registry.policy().pins()::contains)
                || isAnyOf(manifest, registry.policy().pinned());
    }

    private static boolean isAnyOf(Manifest manifest, List<Glob> globs) {
        return ownTags(manifest).stream()
                .map(tag -> manifest.repository() + ":" + tag)
                .anyMatch(name -> globs.stream().anyMatch(glob -> matches(glob.pattern(), name)));
    }

    /** Whether it has a tag or not. */
    private static boolean isInAnyOf(Manifest manifest, List<Glob> globs) {
        return globs.stream()
                .anyMatch(glob -> matches(glob.pattern(), manifest.repository().value()));
    }

    private List<Glob> protect(boolean ofTags) {
        return rule.protect().stream()
                .filter(glob -> glob.pattern().contains(":") == ofTags)
                .toList();
    }

    /** The name by digest, and one for each tag of its own. */
    private static Stream<String> names(Manifest manifest) {
        return Stream.concat(
                Stream.of(manifest.repository() + "@" + manifest.digest()),
                ownTags(manifest).stream().map(tag -> manifest.repository() + ":" + tag));
    }

    private static List<String> ownTags(Manifest manifest) {
        return manifest.tags().stream()
                .map(Tag::value)
                .filter(tag -> !tag.startsWith("larder-keep-"))
                .toList();
    }

    private static boolean matches(String glob, String text) {
        StringBuilder regex = new StringBuilder();
        for (String part : glob.split("(?<=\\*)(?=[^*])|(?<=[^*])(?=\\*)", -1)) {
            regex.append(
                    switch (part) {
                        case "*" -> "[^/]*";
                        case "**" -> ".*";
                        default -> Pattern.quote(part);
                    });
        }
        return Pattern.matches(regex.toString(), text);
    }

    private boolean isNewest(Manifest manifest) {
        Set<String> all = new HashSet<>();
        if (manifest.archived()) {
            return false;
        }
        registry.manifests().stream().filter(one -> !one.archived()).forEach(one -> all.addAll(ownTags(one)));
        for (List<String> family : FAMILIES) {
            List<String> present = family.stream().filter(all::contains).toList();
            int first = Math.max(0, present.size() - rule.keepNewest());
            if (present.subList(first, present.size()).stream().anyMatch(ownTags(manifest)::contains)) {
                return true;
            }
        }
        return false;
    }

    /** So long nobody may have used it: its own time, or that of whatever it is a part of when that is longer. */
    private Duration time(Manifest manifest) {
        Duration time = Stream.concat(
                        Stream.of(manifest),
                        registry.manifests().stream()
                                .filter(whole -> relations.below(whole).contains(manifest.digest())))
                .flatMap(one -> ownTime(one).stream())
                .max(Duration::compareTo)
                .orElse(rule.notPulledFor());
        return quota.filter(shorter -> shorter.compareTo(time) < 0).orElse(time);
    }

    private Optional<Duration> ownTime(Manifest manifest) {
        boolean askedForByTag = ownTags(manifest).stream()
                .anyMatch(tag -> registry.manifests().stream()
                        .noneMatch(other -> SafetyRelations.isAbout(manifest, tag, other.digest())));
        if (askedForByTag) {
            return Optional.of(rule.notPulledFor());
        }
        if (registry.state().supersededAt().containsKey(manifest.digest())) {
            return Optional.of(rule.superseded());
        }
        boolean isPart = registry.manifests().stream()
                .anyMatch(other -> SafetyRelations.lists(other, manifest.digest())
                        || SafetyRelations.isAbout(manifest, other.digest()));
        if (isPart) {
            return Optional.empty();
        }
        Use use = registry.state().uses().getOrDefault(manifest.digest(), Use.NONE);
        Set<Digest> whole = new HashSet<>(relations.below(manifest));
        whole.add(manifest.digest());
        boolean pulled = registry.manifests().stream()
                .filter(one -> whole.contains(one.digest()))
                .anyMatch(one -> one.recordedPullAt().isPresent()
                        || registry.state()
                                .uses()
                                .getOrDefault(one.digest(), Use.NONE)
                                .pulledAt()
                                .isPresent());
        boolean failed = !pulled
                && manifest.tags().isEmpty()
                && manifest.subject().isEmpty()
                && use.warmedAt().isEmpty()
                && use.importedAt().isEmpty();
        return Optional.of(failed ? rule.failedImports() : rule.notPulledFor());
    }

    /** Everything that it is related to, over any number of steps. */
    Set<Digest> related(Manifest manifest) {
        return relations.related(manifest);
    }
}
