package dev.larder.functions.usage;

import dev.larder.domain.usage.Fact;
import dev.larder.domain.usage.LogHour;
import java.time.Instant;
import java.util.List;

/** Logs for tests. */
final class UsageLogs {
    private UsageLogs() {}

    /** Does what the other one does. */
    static class Delegating implements UsageLog {
        private final UsageLog log;

        Delegating(UsageLog log) {
            this.log = log;
        }

        @Override
        public void append(LogHour hour, List<Fact> facts, Instant now) {
            log.append(hour, facts, now);
        }

        @Override
        public List<Fact> read(LogHour hour) {
            return log.read(hour);
        }

        @Override
        public List<Fact> readSince(LogHour hour, Instant written) {
            return log.readSince(hour, written);
        }

        @Override
        public List<Fact> readLate(LogHour hour) {
            return log.readLate(hour);
        }

        @Override
        public List<Mark> marks() {
            return log.marks();
        }

        @Override
        public void done(Mark mark) {
            log.done(mark);
        }
    }
}
