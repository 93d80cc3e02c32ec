package dev.larder.domain.money;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class SavingsTest {
    private static final long GB = 1L << 30;

    /** Far more than anybody caches, and few enough that two are no overflow. */
    private static final long MOST = 1L << 60;

    @Test
    void aHundredGigabytesSaveTenDollarsAMonthAndWouldCostAsMuchInTheArchive() {
        Savings saved = Savings.of(100 * GB, 24, Prices.LISTED);
        assertEquals(new BigDecimal("10.00"), Savings.rounded(saved.perMonth()));
        assertEquals(new BigDecimal("10.00"), Savings.rounded(saved.archivePerMonth()));
        assertEquals(new BigDecimal("30.00"), Savings.rounded(saved.archiveAtLeast()));
        assertEquals(new BigDecimal("3.00"), Savings.rounded(saved.restore()));
        assertEquals(24, saved.requests());
    }

    @Test
    void halfACentIsRoundedUpAndLessIsNot() {
        assertEquals(new BigDecimal("0.01"), Savings.rounded(new BigDecimal("0.005")));
        assertEquals(new BigDecimal("0.00"), Savings.rounded(new BigDecimal("0.00499")));
    }

    @Property
    void nothingIsEverBelowZero(@ForAll @LongRange(min = 0, max = MOST) long bytes, @ForAll("any") Prices prices) {
        Savings saved = Savings.of(bytes, 0, prices);
        assertTrue(Stream.of(saved.perMonth(), saved.archivePerMonth(), saved.archiveAtLeast(), saved.restore())
                .allMatch(dollars ->
                        dollars.signum() >= 0 && Savings.rounded(dollars).signum() >= 0));
    }

    @Property
    void whatGoesInTwoPartsSavesAsMuchAsInOne(
            @ForAll @LongRange(min = 0, max = MOST) long one,
            @ForAll @LongRange(min = 0, max = MOST) long other,
            @ForAll("any") Prices prices) {
        Savings first = Savings.of(one, 1, prices);
        Savings second = Savings.of(other, 2, prices);
        Savings both = Savings.of(one + other, 3, prices);
        assertEquals(0, first.perMonth().add(second.perMonth()).compareTo(both.perMonth()));
        assertEquals(0, first.archiveAtLeast().add(second.archiveAtLeast()).compareTo(both.archiveAtLeast()));
        assertEquals(0, first.restore().add(second.restore()).compareTo(both.restore()));
        assertEquals(both.requests(), first.requests() + second.requests());
    }

    @Property
    void aRoundedFigureIsAtMostHalfACentOff(@ForAll @BigRange(min = "0", max = "1000000000") BigDecimal dollars) {
        assertTrue(Savings.rounded(dollars).subtract(dollars).abs().compareTo(new BigDecimal("0.005")) <= 0);
    }

    @Provide
    Arbitrary<Prices> any() {
        Arbitrary<BigDecimal> price = Arbitraries.bigDecimals()
                .between(BigDecimal.ZERO, BigDecimal.TEN)
                .ofScale(4);
        return Combinators.combine(price, price, price).as(Prices::new);
    }

    @Test
    void whatIsBelowZeroIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Savings.of(-1, 0, Prices.LISTED));
        assertThrows(IllegalArgumentException.class, () -> Savings.of(0, -1, Prices.LISTED));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Prices(BigDecimal.ONE.negate(), BigDecimal.ONE, BigDecimal.ONE));
    }
}
