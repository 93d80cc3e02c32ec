package dev.larder.domain.lifecycle;

import static org.junit.jupiter.api.Assertions.fail;

import dev.larder.domain.image.Glob;
import dev.larder.domain.lifecycle.Registries.Case;
import dev.larder.domain.lifecycle.SafetyList.Violation;
import dev.larder.events.image.Digest;
import dev.larder.events.image.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A decision without one of its guards is caught by {@link SafetyList}: for each guard, some registry loses something. */
class GuardMutantsTest {
    private static final int TRIES = 20_000;

    /** The guard does not exist: what it keeps goes. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "LIMIT")
    void aDecisionThatForgetsAGuardIsCaught(Guard guard) {
        assertCaught(
                guard,
                registry -> registry.plan().verdicts().entrySet().stream()
                        .filter(verdict -> goesWithout(guard, verdict.getValue()))
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet()));
    }

    private static boolean goesWithout(Guard guard, Verdict verdict) {
        return switch (verdict) {
            case Verdict.Evict evict -> true;
            case Verdict.Keep keep -> keep.guard() == guard;
        };
    }

    /** The guard is there, and does not see what it should. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "LIMIT")
    void aDecisionThatIsBlindToASignalIsCaught(Guard guard) {
        assertCaught(guard, registry -> Registries.gone(blinded(guard, registry).plan()));
    }

    /** Signatures are attached by their tags alone. */
    @ParameterizedTest
    @EnumSource(names = {"SUBJECT_STAYS", "REFERRER_STAYS"})
    void aDecisionThatIsBlindToTagsThatSayWhatAManifestIsAboutIsCaught(Guard guard) {
        assertCaught(
                guard,
                registry -> Registries.gone(registry.with(each(registry, m -> tags(m, GuardMutantsTest::aboutNothing)))
                        .plan()));
    }

    /** What protects a repository is taken for patterns of tags. */
    @Test
    void aDecisionThatProtectsByTagsAloneIsCaught() {
        assertCaught(
                Guard.PROTECTED,
                registry -> Registries.gone(registry.with(rules(
                                registry.policy(),
                                rule -> rule(
                                        rule,
                                        rule.keepNewest(),
                                        rule.protect().stream()
                                                .map(glob -> glob.pattern().contains(":")
                                                        ? glob
                                                        : new Glob(glob.pattern() + ":*"))
                                                .toList())))
                        .plan()));
    }

    private static Tag aboutNothing(Tag tag) {
        return tag.value().startsWith("sha256-") ? new Tag("x" + tag.value().replaceAll("[0-9.-]", "x")) : tag;
    }

    private static Manifest tags(Manifest m, UnaryOperator<Tag> change) {
        return new Manifest(
                m.repository(),
                m.digest(),
                m.tags().stream().map(change).toList(),
                m.mediaType(),
                m.sizeBytes(),
                m.pushedAt(),
                m.recordedPullAt(),
                m.subject(),
                m.children(),
                m.archived());
    }

    private static void assertCaught(Guard guard, Function<Case, Set<Digest>> mutant) {
        for (long seed = 0; seed < TRIES; seed++) {
            Case registry = Registries.random(new SplittableRandom(seed));
            List<Violation> found = new SafetyList(registry, Optional.empty()).violations(mutant.apply(registry));
            if (found.stream().anyMatch(violation -> violation.guard() == guard)) {
                return;
            }
        }
        fail("nobody misses " + guard + " in " + TRIES + " registries");
    }

    private static Case blinded(Guard guard, Case registry) {
        RepositoryState state = registry.state();
        Policy policy = registry.policy();
        return switch (guard) {
            case NOT_CACHED ->
                registry.with(new Policy(List.of("docker-hub"), policy.pins(), policy.pinned(), policy.rules()));
            case UNKNOWN -> registry.with(each(registry, GuardMutantsTest::known));
            case PINNED -> registry.with(new Policy(policy.prefixes(), Set.of(), List.of(), policy.rules()));
            case PROTECTED -> registry.with(rules(policy, rule -> rule(rule, rule.keepNewest(), List.of())));
            case NEWEST_OF_FAMILY -> registry.with(rules(policy, rule -> rule(rule, 0, rule.protect())));
            case RECORD_TOO_YOUNG ->
                registry.with(state(state, state.uses(), Optional.of(Instant.EPOCH), state.inUse(), false));
            case PULLED ->
                registry.with(uses(
                        each(registry, m -> times(m, m.pushedAt(), Optional.empty())),
                        state,
                        use -> new Use(Optional.empty(), use.warmedAt(), use.importedAt())));
            case PUSHED ->
                registry.with(uses(
                        each(registry, m -> times(m, Optional.of(Instant.EPOCH), m.recordedPullAt())),
                        state,
                        use -> new Use(use.pulledAt(), use.warmedAt(), Optional.empty())));
            case WARMED ->
                registry.with(uses(
                        state.manifests(), state, use -> new Use(use.pulledAt(), Optional.empty(), use.importedAt())));
            case SUPERSEDED_LATELY ->
                registry.with(state(state, state.uses(), state.completeSince(), state.inUse(), true));
            case IN_USE ->
                registry.with(state(state, state.uses(), state.completeSince(), sources(state, true), false));
            case IN_USE_UNREADABLE ->
                registry.with(state(state, state.uses(), state.completeSince(), sources(state, false), false));
            case REPLICATING, GONE_UPSTREAM, UPSTREAM_UNCHECKED ->
                new Case(
                        state,
                        policy,
                        registry.objections().entrySet().stream()
                                .filter(objection -> objection.getValue().guard() != guard)
                                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)),
                        registry.quota());
            case LISTED, CHILD_IN_USE, CIRCLE ->
                registry.with(each(registry, m -> m.children().isEmpty() ? m : m.withChildren(Optional.of(Set.of()))));
            case SUBJECT_STAYS, REFERRER_STAYS -> registry.with(each(registry, GuardMutantsTest::aboutNothing));
            case MAYBE_LISTED -> registry.with(each(registry, GuardMutantsTest::known));
            case LIMIT -> throw new IllegalArgumentException("no guard of the decision");
        };
    }

    private static List<Manifest> each(Case registry, UnaryOperator<Manifest> change) {
        return registry.manifests().stream().map(change).toList();
    }

    private static Manifest known(Manifest m) {
        return new Manifest(
                m.repository(),
                m.digest(),
                m.tags(),
                Optional.of(Registries.IMAGE),
                OptionalLong.of(m.sizeBytes().orElse(1)),
                m.pushedAt().or(() -> Optional.of(Instant.EPOCH)),
                m.recordedPullAt(),
                m.subject(),
                m.children().or(() -> Optional.of(Set.of())));
    }

    private static Manifest times(Manifest m, Optional<Instant> pushedAt, Optional<Instant> recordedPullAt) {
        return new Manifest(
                m.repository(),
                m.digest(),
                m.tags(),
                m.mediaType(),
                m.sizeBytes(),
                pushedAt,
                recordedPullAt,
                m.subject(),
                m.children(),
                m.archived());
    }

    private static Manifest aboutNothing(Manifest m) {
        return new Manifest(
                m.repository(),
                m.digest(),
                m.tags().stream().map(GuardMutantsTest::aboutNothing).toList(),
                m.mediaType(),
                m.sizeBytes(),
                m.pushedAt(),
                m.recordedPullAt(),
                Optional.empty(),
                m.children(),
                m.archived());
    }

    private static Policy rules(Policy policy, UnaryOperator<EvictionRule> change) {
        return new Policy(
                policy.prefixes(),
                policy.pins(),
                policy.pinned(),
                policy.rules().stream().map(change).toList());
    }

    private static EvictionRule rule(EvictionRule rule, int keepNewest, List<Glob> protect) {
        return new EvictionRule(
                rule.match(),
                rule.notPulledFor(),
                rule.superseded(),
                rule.failedImports(),
                keepNewest,
                rule.evictGone(),
                protect);
    }

    private static RepositoryState uses(List<Manifest> manifests, RepositoryState state, UnaryOperator<Use> change) {
        return new RepositoryState(
                state.repository(),
                manifests,
                state.uses().entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, use -> change.apply(use.getValue()))),
                state.completeSince(),
                state.inUse(),
                state.supersededAt(),
                state.tariff());
    }

    private static List<InUse> sources(RepositoryState state, boolean unread) {
        return state.inUse().stream()
                .map(source -> unread
                        ? new InUse(source.source(), Map.of(), source.unreadable())
                        : InUse.of(source.source(), source.images()))
                .toList();
    }

    private static RepositoryState state(
            RepositoryState state,
            Map<Digest, Use> uses,
            Optional<Instant> completeSince,
            List<InUse> inUse,
            boolean supersededLongAgo) {
        Map<Digest, Instant> supersededAt = supersededLongAgo
                ? state.supersededAt().keySet().stream().collect(Collectors.toMap(key -> key, key -> Instant.EPOCH))
                : state.supersededAt();
        return new RepositoryState(
                state.repository(), state.manifests(), uses, completeSince, inUse, supersededAt, state.tariff());
    }
}
