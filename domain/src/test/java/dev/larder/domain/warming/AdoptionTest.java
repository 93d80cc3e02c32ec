package dev.larder.domain.warming;

import static dev.larder.domain.warming.Images.NOW;
import static dev.larder.domain.warming.Images.REPOSITORY;
import static dev.larder.domain.warming.Images.version;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class AdoptionTest {
    private static final Instant SETTLED = NOW.minus(Duration.ofDays(20));

    @Property
    void itIsAChanceWhateverWasSeen(
            @ForAll @Size(max = 20) List<@IntRange(max = 30) Integer> fresh,
            @ForAll @Size(max = 20) List<@IntRange(max = 30) Integer> pulled,
            @ForAll @IntRange(max = 1000) int distance) {
        Adoption adoption = new Adoption();
        adoption.learn(
                new NewTags(
                        REPOSITORY, fresh.stream().map(AdoptionTest::settled).toList()),
                pulled.stream().map(n -> version("1." + n)).toList(),
                NOW);
        double chance = adoption.at(distance);
        assertTrue(chance >= 0 && chance <= 1, () -> "at " + distance + ": " + chance);
    }

    @Property
    void itRisesWithTheSuccessorsThatWereTaken(@ForAll @IntRange(min = 1, max = 20) int taken) {
        assertTrue(after(taken).at(0) > after(taken - 1).at(0));
    }

    @Test
    void ofWhatNothingIsKnownTheNearerIsTheLikelier() {
        assertTrue(new Adoption().at(0) > new Adoption().at(1) && new Adoption().at(1) > new Adoption().at(2));
    }

    @Test
    void aVersionThatMayStillBePulledTeachesNothing() {
        Adoption adoption = new Adoption();
        Instant young = NOW.minus(Duration.ofDays(7)).plusSeconds(1);
        adoption.learn(
                new NewTags(REPOSITORY, List.of(new NewTags.NewTag(version("1.9"), young, Optional.empty()))),
                List.of(version("1.8")),
                NOW);
        assertEquals(new Adoption().at(0), adoption.at(0));
    }

    @Test
    void aVersionOfAnotherFamilyTeachesNothing() {
        Adoption adoption = new Adoption();
        adoption.learn(
                new NewTags(REPOSITORY, List.of(new NewTags.NewTag(version("1.9-slim"), SETTLED, Optional.empty()))),
                List.of(version("1.8")),
                NOW);
        assertEquals(new Adoption().at(0), adoption.at(0));
    }

    /** Of 20 new patch versions so many were pulled, beside the one before them all. */
    private static Adoption after(int taken) {
        Adoption adoption = new Adoption();
        adoption.learn(
                new NewTags(
                        REPOSITORY,
                        IntStream.rangeClosed(1, 20)
                                .mapToObj(AdoptionTest::settled)
                                .toList()),
                Stream.concat(
                                Stream.of(version("1.0")),
                                IntStream.rangeClosed(1, taken).mapToObj(n -> version("1." + n)))
                        .toList(),
                NOW);
        return adoption;
    }

    private static NewTags.NewTag settled(int number) {
        return new NewTags.NewTag(version("1." + number), SETTLED, Optional.empty());
    }
}
