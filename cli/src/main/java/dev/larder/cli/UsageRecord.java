package dev.larder.cli;

import dev.larder.config.Names;
import dev.larder.config.Upstream;
import dev.larder.domain.popularity.ForwardDecay;
import dev.larder.domain.usage.UsageRow;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.table.ImageRecords;
import dev.larder.functions.table.Table;
import dev.larder.functions.usage.CheckedRecord;
import dev.larder.functions.usage.DynamoDbFigures;
import dev.larder.functions.usage.DynamoDbUsageDays;
import dev.larder.functions.usage.DynamoDbUsageLog;
import dev.larder.functions.usage.DynamoDbUsageSummaries;
import dev.larder.functions.usage.Figures;
import dev.larder.functions.usage.RecordState;
import dev.larder.functions.usage.RollupLease;
import dev.larder.functions.usage.UsageDays;
import dev.larder.functions.usage.UsageHistory;
import dev.larder.functions.usage.UsageLog;
import dev.larder.functions.usage.UsageRebuild;
import dev.larder.functions.usage.UsageSummaries;
import dev.larder.functions.warm.Upstreams;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A cell's usage record, as the commands read it. One is made for each command: what it counts of open days it keeps. */
final class UsageRecord {
    private final OperatedCell cell;
    private final Table table;
    private final Upstreams upstreams;
    private final UsageDays days;
    private final UsageLog log;
    private final UsageHistory history;

    UsageRecord(OperatedCell cell) {
        this.cell = cell;
        this.table = new Table(cell.dynamoDb(), Names.table(cell.config()));
        this.upstreams = new Upstreams(cell.config().upstreams());
        this.days = new DynamoDbUsageDays(table);
        this.log = new DynamoDbUsageLog(table);
        this.history = new UsageHistory(days, log, images(), decay(), cell.clock());
    }

    Instant now() {
        return cell.now();
    }

    LocalDate today() {
        return LocalDate.ofInstant(now(), ZoneOffset.UTC);
    }

    ForwardDecay decay() {
        return new ForwardDecay(cell.config().usage().halfLife());
    }

    ImageRecords images() {
        return cell.images();
    }

    UsageHistory history() {
        return history;
    }

    /** All images and principals, day by day until today. */
    Map<LocalDate, List<UsageRow>> rows(LocalDate from) {
        return history.rows(summaries(), from, today());
    }

    Figures figures() {
        return new DynamoDbFigures(table, this::prefixOf);
    }

    RecordState state() {
        return new RecordState(table, upstreams);
    }

    CheckedRecord checked() {
        return new CheckedRecord(state(), cell.clock());
    }

    UsageRebuild rebuild() {
        return new UsageRebuild(
                days, summaries(), log, figures(), images(), new RollupLease(table), decay(), cell.clock());
    }

    /** The prefix of the upstream that a repository is cached from; empty when the file no longer has it. */
    Optional<String> prefixOf(RepositoryName repository) {
        return upstreams.of(repository).map(Upstream::prefix);
    }

    private UsageSummaries summaries() {
        return new DynamoDbUsageSummaries(table);
    }
}
