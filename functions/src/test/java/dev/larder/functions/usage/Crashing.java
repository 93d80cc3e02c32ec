package dev.larder.functions.usage;

import dev.larder.domain.usage.Fact;
import dev.larder.domain.usage.LogHour;
import dev.larder.domain.usage.UsageRow;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Tagged;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;

/** The fixture's parts, which die at random: before a write, or right after it. */
final class Crashing {
    private static final int ONE_IN = 12;

    private final Random random;
    private final UsageFixture fixture;

    Crashing(Random random, UsageFixture fixture) {
        this.random = random;
        this.fixture = fixture;
    }

    static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private void dying(Runnable write) {
        perhaps();
        write.run();
        perhaps();
    }

    private void perhaps() {
        if (random.nextInt(ONE_IN) == 0) {
            throw new Crash();
        }
    }

    UsageLog log() {
        return new UsageLogs.Delegating(fixture.log) {
            @Override
            public void append(LogHour hour, List<Fact> facts, Instant now) {
                dying(() -> super.append(hour, facts, now));
            }

            @Override
            public void done(Mark mark) {
                dying(() -> super.done(mark));
            }
        };
    }

    UsageRollup rollup() {
        return new UsageRollup(log(), days(), summaries(), figures(), fixture.images, UsageFixture.WEEK);
    }

    private UsageDays days() {
        UsageDays to = fixture.days;
        return new UsageDays() {
            @Override
            public Optional<KeptDay> kept(ImageReference image, LocalDate day) {
                return to.kept(image, day);
            }

            @Override
            public List<KeptDay> kept(ImageReference image, LocalDate from, LocalDate until) {
                return to.kept(image, from, until);
            }

            @Override
            public void keep(ImageReference image, KeptDay day) {
                dying(() -> to.keep(image, day));
            }

            @Override
            public Optional<LocalDate> closedThrough() {
                return to.closedThrough();
            }

            @Override
            public Optional<LocalDate> begun() {
                return to.begun();
            }

            @Override
            public void closed(LocalDate day) {
                dying(() -> to.closed(day));
            }
        };
    }

    private UsageSummaries summaries() {
        UsageSummaries to = fixture.summaries;
        return new UsageSummaries() {
            @Override
            public void keep(LocalDate day, List<UsageRow> rows) {
                dying(() -> to.keep(day, rows));
            }

            @Override
            public Map<LocalDate, List<UsageRow>> read(LocalDate from, LocalDate until) {
                return to.read(from, until);
            }
        };
    }

    private Figures figures() {
        Figures to = fixture.figures;
        return new Figures() {
            @Override
            public ImageFigures of(Tagged image) {
                return to.of(image);
            }

            @Override
            public OptionalDouble popularity(Tagged image) {
                return to.popularity(image);
            }

            @Override
            public boolean replace(Tagged image, ImageFigures seen, ImageFigures values, OptionalDouble rank) {
                perhaps();
                boolean replaced = to.replace(image, seen, values, rank);
                perhaps();
                return replaced;
            }

            @Override
            public void rank(Tagged image, double popularity) {
                dying(() -> to.rank(image, popularity));
            }
        };
    }
}
