package dev.larder.domain.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.domain.lifecycle.Registries.Case;
import dev.larder.domain.lifecycle.Registries.Part;
import dev.larder.events.image.Digest;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What the decision promises of any repository, against {@link SafetyList}. */
class SafetyTest {
    /** {@code -Dlarder.registries=1000000} tries as many. */
    private static final int REGISTRIES = Integer.getInteger("larder.registries", 5000);

    @Provide
    static Arbitrary<Case> registry() {
        return Registries.cases();
    }

    @Example
    void noRegistryLosesWhatTheSafetyListKeeps() {
        long emptied = 0;
        for (long seed = 0; seed < REGISTRIES; seed++) {
            Case registry = Registries.random(new SplittableRandom(seed));
            Set<Digest> byRules = Registries.gone(registry.plan());
            Set<Digest> underQuota = Registries.gone(registry.planUnderQuota());
            assertSafe(registry, Optional.empty(), byRules, seed);
            assertSafe(registry, Optional.of(registry.quota()), underQuota, seed);
            emptied += byRules.isEmpty() ? 0 : 1;
        }
        assertTrue(emptied > REGISTRIES / 4, "something goes of " + emptied + " registries only");
    }

    private static void assertSafe(Case registry, Optional<Quota> quota, Set<Digest> gone, long seed) {
        SafetyList list = new SafetyList(registry, quota.map(Quota::notPulledFor));
        assertEquals(List.of(), list.violations(gone), () -> "with the seed " + seed + " of " + registry);
    }

    /** A run takes some of what the rules let go and of what each quota lets go, and deletes all of it together. */
    @Example
    void whatARunTakesByRulesAndForQuotasTogetherIsSafe() {
        long mixed = 0;
        for (long seed = 0; seed < REGISTRIES; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Case registry = seed % 2 == 0 ? Registries.random(random) : Registries.sharing(random);
            List<Part> parts = registry.parts();
            for (Part part : parts) {
                assertSafe(registry, part.quota(), Registries.gone(part.plan()), seed);
            }
            for (int run = 0; run < 4; run++) {
                Set<Digest> taken = new HashSet<>();
                Set<Part> from = new HashSet<>();
                for (Part part : parts) {
                    for (Group group : part.groups()) {
                        if (run == 0 || random.nextBoolean()) {
                            group.manifests().forEach(manifest -> taken.add(manifest.digest()));
                            from.add(part);
                        }
                    }
                }
                Optional<Quota> shortest = from.stream()
                        .flatMap(part -> part.quota().stream())
                        .min(Comparator.comparing(Quota::notPulledFor));
                assertSafe(registry, shortest, taken, seed);
                mixed += from.size() > 1 ? 1 : 0;
            }
        }
        assertTrue(mixed > REGISTRIES / 20, "only " + mixed + " runs take from several");
    }

    /** Or the decision could be to keep everything. */
    @Property(tries = 1000)
    void whatNothingSpeaksForGoes(@ForAll("registry") Case registry) {
        SafetyList list = new SafetyList(registry, Optional.empty());
        Set<Digest> gone = Registries.gone(registry.plan());
        for (Manifest manifest : registry.manifests()) {
            Set<Digest> more = new HashSet<>(gone);
            more.addAll(list.related(manifest));
            boolean safe = list.violations(more).isEmpty();
            assertFalse(safe && !gone.contains(manifest.digest()), () -> manifest.name() + " could go");
        }
    }

    /** An index that lists what is in use is kept with all others that do; one of them would be enough. */
    @Property(tries = 1000)
    void nothingStaysWithoutAReason(@ForAll("registry") Case registry) {
        SafetyList list = new SafetyList(registry, Optional.empty());
        RepositoryPlan plan = registry.plan();
        plan.verdicts().forEach((digest, verdict) -> {
            if (verdict instanceof Verdict.Keep keep && keep.guard() != Guard.CHILD_IN_USE) {
                Set<Digest> more = Registries.gone(plan);
                more.add(digest);
                assertFalse(list.violations(more).isEmpty(), () -> digest + " stays for nothing: " + keep);
            }
        });
    }

    /** Time alone ends it, and not before. */
    @Property(tries = 1000)
    void aGuardThatTimeEndsNamesTheTime(@ForAll("registry") Case registry) {
        registry.plan().verdicts().forEach((digest, verdict) -> {
            if (verdict instanceof Verdict.Keep(Guard guard, String detail, var until) && until.isPresent()) {
                assertTrue(until.get().isAfter(Registries.NOW), detail);
                RepositoryPlan then = RepositoryPlan.of(registry.state(), registry.policy(), until.get());
                assertTrue(
                        !(then.verdicts().get(digest) instanceof Verdict.Keep later)
                                || !later.detail().equals(detail)
                                || !later.until().equals(until),
                        detail);
                assertFalse(detail.isEmpty(), guard.name());
            }
        });
    }

    @Property
    void theOrderInWhichEcrListsThemDoesNotMatter(@ForAll("registry") Case registry) {
        RepositoryPlan one = registry.plan();
        RepositoryPlan other = registry.with(registry.manifests().reversed()).plan();
        assertEquals(one.verdicts(), other.verdicts());
        assertEquals(Groups.of(one), Groups.of(other));
    }

    @Property
    void anObjectionKeepsWhatItIsAboutAndNothingElseGoes(@ForAll("registry") Case registry) {
        RepositoryPlan before = RepositoryPlan.of(registry.state(), registry.policy(), Registries.NOW);
        Set<Digest> after = Registries.gone(before.objected(registry.objections()));
        assertTrue(Registries.gone(before).containsAll(after));
        registry.objections().keySet().forEach(digest -> assertFalse(after.contains(digest)));
    }

    @Property
    void lookingAgainAtTheSameFindsNothingNew(@ForAll("registry") Case registry) {
        RepositoryPlan plan = registry.plan();
        RepositoryState again = registry.with(plan.candidates()).state();
        assertEquals(Map.of(), plan.keptNow(again, Registries.NOW));
    }
}
