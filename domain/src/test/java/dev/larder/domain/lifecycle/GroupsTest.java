package dev.larder.domain.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.domain.lifecycle.Registries.Case;
import dev.larder.events.image.Digest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class GroupsTest {
    @Provide
    static Arbitrary<Case> registry() {
        return Registries.cases();
    }

    @Property
    void everythingThatGoesIsInOneGroupAndNothingElseIs(@ForAll("registry") Case registry) {
        RepositoryPlan plan = registry.plan();
        List<Digest> grouped = Groups.of(plan).stream()
                .flatMap(group -> group.manifests().stream())
                .map(Manifest::digest)
                .toList();
        assertEquals(grouped.size(), Set.copyOf(grouped).size());
        assertEquals(Registries.gone(plan), Set.copyOf(grouped));
    }

    /** Whatever of the groups a run takes, and wherever it is killed: what is left is whole. */
    @Property
    void aGroupAloneTakesNothingThatTheSafetyListKeeps(@ForAll("registry") Case registry) {
        SafetyList list = new SafetyList(registry, Optional.empty());
        for (Group group : Groups.of(registry.plan())) {
            Set<Digest> gone = group.manifests().stream().map(Manifest::digest).collect(Collectors.toSet());
            assertEquals(List.of(), list.violations(gone));
        }
    }

    @Property
    void everyWaveCanBeDeletedOnceThoseBeforeItAreGone(@ForAll("registry") Case registry) {
        for (Group group : Groups.of(registry.plan())) {
            Set<Digest> there =
                    registry.manifests().stream().map(Manifest::digest).collect(Collectors.toSet());
            for (List<Manifest> wave : group.waves()) {
                assertFalse(wave.isEmpty());
                for (Manifest deleted : wave) {
                    for (Manifest other : registry.manifests()) {
                        boolean lists = other.children().orElse(Set.of()).contains(deleted.digest());
                        assertFalse(lists && there.contains(other.digest()), deleted.name() + " while " + other.name());
                    }
                    assertFalse(
                            deleted.subjects().stream().anyMatch(there::contains),
                            deleted.name() + " before what it is about");
                }
                wave.forEach(manifest -> there.remove(manifest.digest()));
            }
        }
    }

    /** Or groups of many would pass a limit that is about tops. */
    @Property
    void theTopsOfAllGroupsAreTheTopsThatGo(@ForAll("registry") Case registry) {
        RepositoryPlan plan = registry.plan();
        List<Group> groups = Groups.of(plan);
        groups.forEach(group -> assertTrue(group.tops() >= 1, group.toString()));
        long tops = registry.manifests().stream()
                .filter(manifest -> plan.evicts(manifest.digest()))
                .filter(manifest -> registry.manifests().stream()
                        .noneMatch(other -> other.children().orElse(Set.of()).contains(manifest.digest())
                                || manifest.subjects().contains(other.digest())))
                .count();
        assertEquals(tops, groups.stream().mapToLong(Group::tops).sum());
    }

    @Property
    void theLastUseIsThatOfTheLatestMember(@ForAll("registry") Case registry) {
        for (Group group : Groups.of(registry.plan())) {
            List<Instant> times = new ArrayList<>();
            for (Manifest manifest : group.manifests()) {
                Use use = registry.state().uses().getOrDefault(manifest.digest(), Use.NONE);
                Stream.of(
                                manifest.pushedAt(),
                                manifest.recordedPullAt(),
                                use.pulledAt(),
                                use.importedAt(),
                                use.warmedAt())
                        .flatMap(Optional::stream)
                        .forEach(times::add);
            }
            assertEquals(times.stream().max(Instant::compareTo).orElseThrow(), group.lastUse());
        }
    }

    @Property
    void aGroupGoesForTheQuotaWhenAnyOfItDoesNotGoByTheRules(@ForAll("registry") Case registry) {
        Set<Digest> byRules = Registries.gone(registry.planByRules());
        for (Group group : Groups.of(registry.planUnderQuota())) {
            boolean more = group.manifests().stream().anyMatch(manifest -> !byRules.contains(manifest.digest()));
            assertEquals(more, group.reason() == Reason.QUOTA);
            assertTrue(!more || group.rule().equals(registry.quota().match()));
        }
    }
}
