package dev.larder.functions.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.larder.domain.usage.UsageRow;
import dev.larder.events.WarmOrder;
import dev.larder.events.WarmReason;
import dev.larder.functions.usage.DynamoDbUsageDays;
import dev.larder.functions.usage.DynamoDbUsageSummaries;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which failed pulls a plan makes good. */
class DemandsTest {
    private static final String NGINX = "docker-hub/library/nginx:1.27";

    private final PlanningCell cell = new PlanningCell();

    @AfterEach
    void close() {
        cell.close();
    }

    private List<WarmReason> planned() {
        return cell.plan().stream().map(WarmOrder::reason).toList();
    }

    @Test
    void whatFailsIsMadeGoodAlthoughItWasServedOnTheSameDay() {
        cell.pulled(NGINX, PlanningCell.NOON.minus(Duration.ofHours(4)));
        cell.failed(NGINX, PlanningCell.NOON.minusSeconds(60));
        assertEquals(List.of(WarmReason.FAILED_PULL), planned());
    }

    @Test
    void whatWasCheckedWithinTheHourIsNot() {
        cell.cached(NGINX, PlanningCell.NOON.minus(Duration.ofMinutes(59)));
        cell.failed(NGINX, PlanningCell.NOON.minusSeconds(60));
        assertEquals(List.of(), planned());
    }

    @Test
    void whatFailedShortlyBeforeMidnightIsMadeGoodWhenItsDayIsClosed() {
        LocalDate day = LocalDate.parse("2026-11-24");
        new DynamoDbUsageSummaries(cell.local.table())
                .keep(
                        day,
                        List.of(new UsageRow(
                                PlanningCell.tagged(NGINX), "role/node", Optional.empty(), 1, 1, 0, 2, 100)));
        new DynamoDbUsageDays(cell.local.table()).closed(day);
        cell.clock.advance(Duration.ofHours(18));
        assertEquals(List.of(WarmReason.FAILED_PULL), planned());
        cell.clock.advance(Duration.ofHours(18));
        assertEquals(List.of(), planned());
    }
}
