package dev.larder.functions.usage;

import dev.larder.domain.usage.UsageRow;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** Whole days, all images and principals packed together: what is read for a fleet, a team or a ranking over some days. */
public interface UsageSummaries {
    /** Keeps a day, in place of what was kept of it before. */
    void keep(LocalDate day, List<UsageRow> rows);

    /** The days that have any pull, the first one first. */
    Map<LocalDate, List<UsageRow>> read(LocalDate from, LocalDate to);
}
