package dev.larder.domain.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class EventHashTest {
    private static final BigDecimal HASHES = BigDecimal.TWO.pow(64);

    @Property
    void collisionsAreThePairsTimesTheirChance(@ForAll @LongRange(min = 0, max = 1_000_000_000L) long pulls) {
        // pairs times 2^-64, which a power of two divides without a remainder
        BigDecimal exact = BigDecimal.valueOf(pulls)
                .multiply(BigDecimal.valueOf(pulls - 1))
                .divide(BigDecimal.TWO)
                .divide(HASHES);
        assertEquals(exact.doubleValue(), EventHash.collisions(pulls), exact.doubleValue() * 1e-15);
    }

    @Property
    void morePullsCollideMoreOften(@ForAll @LongRange(min = 1, max = 1_000_000_000L) long pulls) {
        assertTrue(EventHash.collisions(pulls) < EventHash.collisions(pulls + 1));
    }

    @Example
    void theStatedChances() {
        assertEquals(0, Math.abs(EventHash.collisions(0)));
        assertEquals(0, EventHash.collisions(1));
        assertEquals(Math.pow(2, -64), EventHash.collisions(2));
        assertEquals(2.7e-14, EventHash.collisions(1_000), 0.1e-14);
        assertEquals(2.7e-8, EventHash.collisions(1_000_000), 0.1e-8);
    }

    @Example
    void hashesCutToFewBitsCollideAsOftenAsTheFormulaSays() {
        assertCollides(16, 100, 400);
        assertCollides(24, 1_000, 400);
    }

    @Property
    void bytesAreReadBack(@ForAll long value) {
        assertEquals(new EventHash(value), EventHash.ofBytes(new EventHash(value).bytes()));
        assertEquals(value, Long.parseUnsignedLong(new EventHash(value).toString(), 16));
    }

    /** With b bits instead of 64 each pair collides 2^(64 - b) times as often. */
    private static void assertCollides(int bits, int pulls, int rounds) {
        Random random = new Random(bits);
        int lost = 0;
        for (int round = 0; round < rounds; round++) {
            Set<Long> seen = new HashSet<>();
            for (int pull = 0; pull < pulls; pull++) {
                EventHash hash = EventHash.of("event " + random.nextLong());
                lost += seen.add(hash.value() >>> (64 - bits)) ? 0 : 1;
            }
        }
        double expected = rounds * Math.scalb(EventHash.collisions(pulls), 64 - bits);
        // the number lost is all but Poisson's: within four standard deviations
        assertEquals(expected, lost, 4 * Math.sqrt(expected), bits + " bits");
    }
}
