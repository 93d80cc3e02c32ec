package dev.larder.functions.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.larder.functions.usage.TrailState.Logging;
import dev.larder.functions.usage.TrailState.None;
import dev.larder.functions.usage.TrailState.Stopped;
import dev.larder.functions.usage.TrailState.Unreadable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class TrailChoiceTest {
    private static final Instant SPRING = Instant.parse("2026-04-01T00:00:00Z");
    private static final Instant AUTUMN = Instant.parse("2026-10-01T00:00:00Z");

    @Test
    void ofSeveralThatLogTheOneThatHasLoggedLongestSpeaks() {
        assertEquals(
                new Logging("b", SPRING),
                TrailChoice.of(List.of(new Logging("a", AUTUMN), new Logging("b", SPRING), new None())));
    }

    @Test
    void oneThatLogsIsEnoughWhateverTheOthersAre() {
        assertEquals(
                new Logging("a", AUTUMN),
                TrailChoice.of(List.of(
                        new Unreadable("denied"), new Stopped("b", Optional.of(SPRING)), new Logging("a", AUTUMN))));
    }

    @Test
    void aTrailThatCannotBeReadMayBeTheOneThatLogs() {
        assertEquals(
                new Unreadable("denied"),
                TrailChoice.of(List.of(new None(), new Stopped("b", Optional.empty()), new Unreadable("denied"))));
    }

    @Test
    void ofSeveralStoppedTheOneThatRanLastIsNamed() {
        assertEquals(
                new Stopped("b", Optional.of(AUTUMN)),
                TrailChoice.of(List.of(
                        new Stopped("a", Optional.of(SPRING)),
                        new Stopped("b", Optional.of(AUTUMN)),
                        new Stopped("c", Optional.empty()))));
    }

    @Test
    void noTrailAndOnlyTrailsThatDoNotTakePullsAreTheSame() {
        assertEquals(new None(), TrailChoice.of(List.of()));
        assertEquals(new None(), TrailChoice.of(List.of(new None(), new None())));
    }

    @Property
    void theOrderInWhichCloudTrailListsThemDoesNotMatter(@ForAll("readable") List<TrailState> trails) {
        List<TrailState> reversed = new ArrayList<>(trails);
        Collections.reverse(reversed);
        assertEquals(TrailChoice.of(trails), TrailChoice.of(reversed));
    }

    @Provide
    Arbitrary<List<TrailState>> readable() {
        Arbitrary<String> names = Arbitraries.of("a", "b", "c");
        Arbitrary<Instant> times = Arbitraries.of(SPRING, AUTUMN);
        Arbitrary<TrailState> logging = names.flatMap(name -> times.map(since -> new Logging(name, since)));
        Arbitrary<TrailState> stopped = names.flatMap(name -> times.optional().map(since -> new Stopped(name, since)));
        return Arbitraries.oneOf(List.of(logging, stopped, Arbitraries.<TrailState>just(new None())))
                .list()
                .ofMaxSize(4);
    }
}
