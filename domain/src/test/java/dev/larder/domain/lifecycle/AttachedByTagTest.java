package dev.larder.domain.lifecycle;

import static dev.larder.domain.lifecycle.Repositories.daysAgo;
import static dev.larder.domain.lifecycle.Repositories.digest;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.larder.events.image.Digest;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Signatures, attestations and SBOMs that only a tag ties to what they are about. */
class AttachedByTagTest {
    private final Repositories repository = new Repositories();

    @Test
    void whatIsAttachedByATagStaysWithWhatItIsAbout() {
        repository.image(1, "1").pulled(1, daysAgo(1));
        repository.image(2, tag(1, ".sig")).image(3, tag(1, ".att"));
        repository.index(4, Set.of(5), tag(1, "")).referrer(5, 1);

        for (int attached : List.of(2, 3, 4, 5)) {
            assertEquals(Guard.SUBJECT_STAYS, guard(attached));
        }
    }

    @Test
    void whatItIsAboutStaysWithIt() {
        repository.image(1, "1").image(2, tag(1, ".sig")).pulled(2, daysAgo(1));

        assertEquals(Guard.PULLED, guard(2));
        assertEquals(Guard.REFERRER_STAYS, guard(1));
    }

    @Test
    void itGoesWithWhatItIsAboutAndAfterIt() {
        repository.index(1, Set.of(2)).image(2).superseded(1, daysAgo(8)).pulled(1, daysAgo(8));
        repository.image(3, tag(1, ".sig")).pulled(3, daysAgo(8));

        List<Group> groups = Groups.of(repository.plan());

        assertEquals(1, groups.size());
        assertEquals(Reason.SUPERSEDED, groups.getFirst().reason());
        assertEquals(1, groups.getFirst().tops());
        assertEquals(
                List.of(List.of(digest(1)), List.of(digest(2), digest(3))),
                groups.getFirst().waves().stream()
                        .map(wave -> wave.stream().map(Manifest::digest).toList())
                        .toList());
        assertEquals(
                "relatives: no index that stays lists it, and " + digest(1) + " does not stay",
                assertInstanceOf(Verdict.Evict.class, repository.verdict(3))
                        .evidence()
                        .getLast());
    }

    @Test
    void withoutWhatItIsAboutItGoesByItsOwnUse() {
        repository.image(1, tag(99, ".sig")).pulled(1, daysAgo(29));
        repository.image(2, tag(99, ".att")).pulled(2, daysAgo(31));

        assertEquals(Guard.PULLED, guard(1));
        assertEquals(Set.of(digest(2)), gone());
    }

    @Test
    void aTagOfItsOwnCountsBesides() {
        repository.image(1).superseded(1, daysAgo(8)).pulled(1, daysAgo(8));
        repository.image(2, tag(1, ".sbom"), "sbom").pulled(2, daysAgo(8));

        assertEquals(Guard.PULLED, guard(2));
        assertEquals(Guard.REFERRER_STAYS, guard(1));
    }

    @Test
    void itMayBeAboutSeveralByItsTagsAndByItsContent() {
        repository.image(1, "1").image(2, "2").image(3, "3").pulled(3, daysAgo(1));
        repository.image(4, tag(1, ".sbom"), tag(3, ".sbom"), tag(99, ".sbom"));
        repository.image(5, "5").image(6, "6").pulled(5, daysAgo(1));
        repository.referrer(7, 5, tag(6, ".sig"));

        assertEquals(Guard.SUBJECT_STAYS, guard(4));
        assertEquals(Guard.REFERRER_STAYS, guard(1));
        assertEquals(Guard.SUBJECT_STAYS, guard(7));
        assertEquals(Guard.REFERRER_STAYS, guard(6));
        assertEquals(Set.of(digest(2)), gone());
    }

    /** Some mirrors name what they copy by its digest. */
    @Test
    void aTagForItsOwnDigestOrOneThatItListsKeepsNothing() {
        repository.image(1, tag(1, ""));
        repository.index(2, Set.of(3), tag(3, ""), tag(2, "")).image(3);

        assertEquals(Set.of(digest(1), digest(2), digest(3)), gone());
    }

    @Test
    void ofVersionsInADigestNoneIsTheNewest() {
        repository.rule = Repositories.rule(EvictionRule.ALL, 30, 7, 14, 1);
        repository.image(1, tag(99, ".sig"));

        assertEquals(Set.of(digest(1)), gone());
    }

    private static String tag(int about, String ending) {
        return "sha256-" + digest(about).hex() + ending;
    }

    private Set<Digest> gone() {
        return Registries.gone(repository.plan());
    }

    private Guard guard(int number) {
        return assertInstanceOf(Verdict.Keep.class, repository.verdict(number)).guard();
    }
}
