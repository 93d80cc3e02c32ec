package dev.larder.local.ecr.lifecycle;

import static dev.larder.local.ecr.lifecycle.Images.NOW;
import static dev.larder.local.ecr.lifecycle.Policies.EXPIRE;
import static dev.larder.local.ecr.lifecycle.Policies.TRANSITION;
import static dev.larder.local.ecr.lifecycle.Policies.any;
import static dev.larder.local.ecr.lifecycle.Policies.moreThan;
import static dev.larder.local.ecr.lifecycle.Policies.policy;
import static dev.larder.local.ecr.lifecycle.Policies.prefixed;
import static dev.larder.local.ecr.lifecycle.Policies.pulled;
import static dev.larder.local.ecr.lifecycle.Policies.pushed;
import static dev.larder.local.ecr.lifecycle.Policies.rule;
import static dev.larder.local.ecr.lifecycle.Policies.tagged;
import static dev.larder.local.ecr.lifecycle.Policies.transitioned;
import static dev.larder.local.ecr.lifecycle.Policies.untagged;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.events.image.Digest;
import dev.larder.local.ecr.lifecycle.LifecyclePolicy.Action;
import dev.larder.local.ecr.lifecycle.LifecyclePolicy.Image;
import dev.larder.local.ecr.lifecycle.LifecyclePolicy.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class EvaluationPropertiesTest {
    private static final String LETTERS = "ABCDEFGHIJKL";

    @Property
    void anImageReferencedByAStayingIndexNeverGoes(
            @ForAll("policies") LifecyclePolicy policy, @ForAll("repositories") List<Image> images) {
        Set<Digest> gone = expired(policy.evaluate(images, NOW));
        for (Image image : images) {
            if (!gone.containsAll(image.referencedBy())) {
                assertTrue(!gone.contains(image.digest()), image::toString);
            }
        }
    }

    @Property
    void everyIndexGoesBeforeItsChildren(
            @ForAll("policies") LifecyclePolicy policy, @ForAll("repositories") List<Image> images) {
        List<Digest> order = policy.evaluate(images, NOW).stream()
                .filter(action -> action.kind() == Kind.EXPIRE)
                .map(Action::digest)
                .toList();
        for (Image image : images) {
            int place = order.indexOf(image.digest());
            assertTrue(place < 0 || image.referencedBy().stream().allMatch(index -> order.indexOf(index) < place));
        }
    }

    @Property
    void theOrderOfTheImagesDoesNotMatter(
            @ForAll("policies") LifecyclePolicy policy,
            @ForAll("repositories") List<Image> images,
            @ForAll Random random) {
        List<Image> shuffled = new ArrayList<>(images);
        Collections.shuffle(shuffled, random);
        assertEquals(policy.evaluate(images, NOW), policy.evaluate(shuffled, NOW));
    }

    @Property
    void noImageAppearsTwiceAndEachIsOfTheRepository(
            @ForAll("policies") LifecyclePolicy policy, @ForAll("repositories") List<Image> images) {
        List<Digest> acted =
                policy.evaluate(images, NOW).stream().map(Action::digest).toList();
        assertEquals(acted.size(), new HashSet<>(acted).size());
        assertTrue(images.stream().map(Image::digest).toList().containsAll(acted));
    }

    @Property
    void imageCountMoreThanKeepsTheNewestOnes(
            @ForAll("repositories") List<Image> images, @ForAll @IntRange(min = 1, max = 6) int keep) {
        Set<Digest> gone =
                expired(policy(rule(1, any() + moreThan(keep), EXPIRE)).evaluate(images, NOW));
        List<Image> ranked = images.stream()
                .filter(image -> !image.archived() && image.referencedBy().isEmpty())
                .sorted(Comparator.comparing(EvaluationPropertiesTest::start).reversed())
                .toList();
        assertEquals(Math.max(0, ranked.size() - keep), gone.size());
        if (!gone.isEmpty()) {
            Instant oldestKept = start(ranked.get(keep - 1));
            for (Image image : ranked) {
                assertTrue(!gone.contains(image.digest()) || !start(image).isAfter(oldestKept), image::toString);
            }
        }
    }

    @Property
    void anImageIsOnlyActedOnByTheFirstRuleThatSelectsIt(@ForAll("repositories") List<Image> images) {
        LifecyclePolicy policy =
                policy(rule(1, prefixed("a") + pushed(1_000), EXPIRE), rule(2, any() + moreThan(1), EXPIRE));
        for (Action action : policy.evaluate(images, NOW)) {
            Image image = images.stream()
                    .filter(candidate -> candidate.digest().equals(action.digest()))
                    .findFirst()
                    .orElseThrow();
            assertTrue(image.tags().stream().noneMatch(tag -> tag.startsWith("a")), image::toString);
        }
    }

    @Provide
    Arbitrary<LifecyclePolicy> policies() {
        Arbitrary<Integer> number = Arbitraries.integers().between(1, 20);
        Arbitrary<String> action = Arbitraries.of(EXPIRE, TRANSITION);
        return Combinators.combine(number, number, number, number, action, action, Arbitraries.randoms())
                .as((a, b, c, d, first, second, random) -> {
                    List<String> rules = new ArrayList<>(List.of(
                            rule(1, tagged("a*") + moreThan(a), first),
                            rule(2, prefixed("b") + pushed(b), second),
                            rule(3, untagged() + pushed(c), first),
                            rule(4, any() + transitioned(90 + d), EXPIRE),
                            rule(5, any() + (random.nextBoolean() ? moreThan(d) : pushed(d)), second)));
                    rules.removeIf(ignored -> random.nextInt(3) == 0);
                    return policy(
                            rules.isEmpty()
                                    ? new String[] {rule(9, any() + pulled(a), TRANSITION)}
                                    : rules.toArray(String[]::new));
                });
    }

    /** Each image can only be referenced by those before it, as digests allow no circles. */
    @Provide
    Arbitrary<List<Image>> repositories() {
        return Arbitraries.integers()
                .between(0, LETTERS.length())
                .flatMap(size -> Combinators.combine(
                                IntStream.range(0, size).mapToObj(this::image).toList())
                        .as(images -> images));
    }

    private Arbitrary<Image> image(int place) {
        Arbitrary<Instant> days = Arbitraries.integers().between(0, 30).map(Images::daysAgo);
        Arbitrary<Set<Digest>> indexes = Arbitraries.integers()
                .between(0, Math.max(0, place - 1))
                .map(index -> Images.digest(LETTERS.charAt(index)))
                .set()
                .ofMaxSize(place == 0 ? 0 : Math.min(2, place));
        return Combinators.combine(
                        Arbitraries.of("a1", "a2", "b1", "c1").list().ofMaxSize(2),
                        days,
                        days.optional(0.5),
                        days.optional(0.2),
                        Arbitraries.integers().between(80, 130).map(Images::daysAgo),
                        Arbitraries.integers().between(0, 5),
                        indexes)
                .as((tags, pushedAt, lastPulledAt, activatedAt, archivedAt, die, referencedBy) -> new Image(
                        Images.digest(LETTERS.charAt(place)),
                        tags,
                        pushedAt,
                        lastPulledAt,
                        activatedAt,
                        Optional.of(archivedAt),
                        die == 0,
                        die % 2 == 0 ? referencedBy : Set.of()));
    }

    private static Instant start(Image image) {
        return image.lastActivatedAt().orElse(image.pushedAt());
    }

    private static Set<Digest> expired(List<Action> actions) {
        return actions.stream()
                .filter(action -> action.kind() == Kind.EXPIRE)
                .map(Action::digest)
                .collect(Collectors.toSet());
    }
}
