package dev.larder.domain.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.domain.image.VersionTag;
import dev.larder.domain.lifecycle.Registries.Case;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference.Tagged;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/** The safety list, said again without looking at how it is done. */
class SafetyTest {
    @Provide
    static Arbitrary<Case> registry() {
        return Registries.cases();
    }

    @Property
    void nothingUsedWithinTheTimeGoes(@ForAll("registry") Case registry) {
        Instant limit = Registries.NOW.minus(Registries.NOT_PULLED_FOR);
        for (Manifest gone : evicted(registry)) {
            Use use = registry.use(gone.digest());
            Stream.of(gone.pushedAt(), gone.recordedPullAt(), use.pulledAt(), use.warmedAt(), use.importedAt())
                    .flatMap(Optional::stream)
                    .forEach(at -> assertFalse(at.isAfter(limit), gone.name() + " was used at " + at));
        }
    }

    @Property
    void nothingGoesOnARecordThatIsYoungerThanTheTime(@ForAll("registry") Case registry) {
        boolean young = registry.completeSince()
                .filter(since -> !since.isAfter(Registries.NOW.minus(Registries.NOT_PULLED_FOR)))
                .isEmpty();
        assertTrue(!young || evicted(registry).isEmpty());
    }

    @Property
    void nothingOutsideTheUpstreamsNothingPinnedAndNothingProtectedGoes(@ForAll("registry") Case registry) {
        for (Manifest gone : evicted(registry)) {
            assertTrue(registry.policy().covers(gone.repository()));
            assertFalse(registry.policy().pins().contains(gone.repository() + "@" + gone.digest()));
            gone.tags().forEach(tag -> {
                Tagged image = new Tagged(gone.repository(), tag);
                assertFalse(registry.policy().pins().contains(image.toString()));
                assertFalse(registry.rule().protect().stream().anyMatch(glob -> glob.matches(image)));
            });
        }
    }

    @Property
    void noChildAndNotEveryIndexOfAPinnedDigestGoes(@ForAll("registry") Case registry) {
        Set<Digest> gone = digests(evicted(registry));
        for (Manifest pinned : registry.manifests()) {
            if (registry.policy().pins().contains(pinned.repository() + "@" + pinned.digest())) {
                pinned.children().orElse(Set.of()).forEach(child -> assertFalse(gone.contains(child), pinned.name()));
                List<Digest> parents = registry.manifests().stream()
                        .filter(parent -> parent.children().orElse(Set.of()).contains(pinned.digest()))
                        .map(Manifest::digest)
                        .toList();
                assertTrue(parents.isEmpty() || !gone.containsAll(parents), pinned.name());
            }
        }
    }

    @Property
    void nothingOfUnknownSizeDateOrKindGoes(@ForAll("registry") Case registry) {
        for (Manifest gone : evicted(registry)) {
            assertTrue(gone.sizeBytes().isPresent());
            assertTrue(gone.pushedAt().isPresent());
            assertTrue(gone.isKnownKind());
            assertTrue(gone.children().isPresent());
        }
    }

    @Property
    void noChildOfAnIndexThatStaysGoes(@ForAll("registry") Case registry) {
        Set<Digest> gone = digests(evicted(registry));
        Statistics.collect(gone.isEmpty() ? "nothing goes" : "something goes");
        for (Manifest manifest : registry.manifests()) {
            if (!gone.contains(manifest.digest())) {
                manifest.children()
                        .ifPresent(children -> children.forEach(
                                child -> assertFalse(gone.contains(child), child + " of " + manifest.name())));
            }
        }
    }

    @Property
    void noIndexGoesWhoseImageIsInUseUnlessAnotherThatStaysListsIt(@ForAll("registry") Case registry) {
        Set<Digest> gone = digests(evicted(registry));
        for (Manifest child : registry.manifests()) {
            boolean inUse = alone(registry, child).verdicts().get(child.digest()) instanceof Verdict.Keep;
            List<Digest> parents = registry.manifests().stream()
                    .filter(parent -> parent.children().orElse(Set.of()).contains(child.digest()))
                    .map(Manifest::digest)
                    .toList();
            assertFalse(inUse && !parents.isEmpty() && gone.containsAll(parents), child.name());
        }
    }

    @Property
    void whileAnIndexIsUnreadNothingUntaggedGoes(@ForAll("registry") Case registry) {
        boolean unread = registry.manifests().stream()
                .anyMatch(manifest -> manifest.children().isEmpty());
        evicted(registry).forEach(gone -> assertFalse(unread && gone.tags().isEmpty(), gone.name()));
    }

    @Property
    void aSubjectAndItsReferrersStayOrGoTogether(@ForAll("registry") Case registry) {
        RepositoryPlan plan = registry.plan();
        for (Manifest referrer : registry.manifests()) {
            referrer.subject()
                    .filter(plan.manifests()::containsKey)
                    .ifPresent(subject -> assertEquals(
                            plan.evicts(subject), plan.evicts(referrer.digest()), referrer.name() + " of " + subject));
        }
    }

    @Property
    void theNewestOfEachFamilyStay(@ForAll("registry") Case registry) {
        Set<Digest> gone = digests(evicted(registry));
        List<VersionTag> all = registry.manifests().stream()
                .flatMap(manifest -> manifest.tags().stream())
                .flatMap(tag -> VersionTag.of(tag).stream())
                .toList();
        for (VersionTag one : all) {
            long newer = all.stream()
                    .filter(other -> other.family().equals(one.family()) && other.compareTo(one) > 0)
                    .count();
            if (newer < registry.rule().keepNewest()) {
                Digest digest = registry.manifests().stream()
                        .filter(manifest -> manifest.tags().contains(one.tag()))
                        .findFirst()
                        .orElseThrow()
                        .digest();
                assertFalse(gone.contains(digest), one.tag() + " with " + newer + " newer");
            }
        }
    }

    @Property
    void aRunNeverTakesMoreThanItsLimits(@ForAll("registry") Case registry) {
        RepositoryPlan plan = registry.plan();
        List<Group> groups = Groups.of(plan);
        Selection selection = Selection.of(
                groups.stream().map(Offer::of).toList(),
                Map.of(Registries.REPOSITORY, Totals.of(plan)),
                List.of(),
                registry.limits(),
                new Limits.Spent(1, 50));
        int images = selection.taken().stream().mapToInt(Offer::images).sum();
        long bytes = selection.taken().stream().mapToLong(Offer::bytes).sum();
        assertTrue(
                selection.taken().isEmpty() || 1 + images <= registry.limits().images());
        assertTrue(
                selection.taken().isEmpty() || 50 + bytes <= registry.limits().bytes());
        assertTrue(selection.taken().size()
                <= Math.ceil(plan.tops() * registry.limits().repositoryPercent() / 100.0));
        assertEquals(new Limits.Spent(1 + images, 50 + bytes), selection.spent());
        assertEquals(groups.size(), selection.taken().size() + selection.left().size());
    }

    @Property
    void everyWaveCanBeDeletedOnceThoseBeforeItAreGone(@ForAll("registry") Case registry) {
        for (Group group : Groups.of(registry.plan())) {
            Set<Digest> there = digests(registry.manifests());
            for (List<Manifest> wave : group.waves()) {
                for (Manifest deleted : wave) {
                    for (Manifest other : registry.manifests()) {
                        boolean lists = other.children().orElse(Set.of()).contains(deleted.digest());
                        assertFalse(lists && there.contains(other.digest()), deleted.name() + " while " + other.name());
                    }
                }
                wave.forEach(manifest -> there.remove(manifest.digest()));
            }
        }
    }

    @Property
    void everyEvictedManifestIsInOneGroupAtMostAndNoOtherIsInAny(@ForAll("registry") Case registry) {
        RepositoryPlan plan = registry.plan();
        List<Digest> grouped = new ArrayList<>();
        Groups.of(plan).forEach(group -> group.manifests().forEach(m -> grouped.add(m.digest())));
        assertEquals(grouped.size(), new HashSet<>(grouped).size());
        grouped.forEach(digest -> assertTrue(plan.evicts(digest)));
    }

    @Property
    void theOrderInWhichEcrListsThemDoesNotMatter(@ForAll("registry") Case registry) {
        List<Manifest> reversed = registry.manifests().reversed();
        RepositoryPlan one = registry.plan();
        RepositoryPlan other = RepositoryPlan.of(registry.state(reversed), registry.policy(), Registries.NOW);
        assertEquals(one.verdicts(), other.verdicts());
        assertEquals(
                Groups.of(one).stream()
                        .sorted(Comparator.comparing(Group::lastUse).thenComparing(Group::first))
                        .toList(),
                Groups.of(other));
    }

    private static RepositoryPlan alone(Case registry, Manifest manifest) {
        return RepositoryPlan.of(registry.state(List.of(manifest)), registry.policy(), Registries.NOW);
    }

    private static List<Manifest> evicted(Case registry) {
        RepositoryPlan plan = registry.plan();
        return registry.manifests().stream()
                .filter(manifest -> plan.evicts(manifest.digest()))
                .toList();
    }

    private static Set<Digest> digests(List<Manifest> manifests) {
        Set<Digest> digests = new HashSet<>();
        manifests.forEach(manifest -> digests.add(manifest.digest()));
        return digests;
    }
}
