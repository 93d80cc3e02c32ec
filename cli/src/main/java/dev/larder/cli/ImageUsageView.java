package dev.larder.cli;

import dev.larder.domain.usage.ImageDay;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Collectors;

/** Shows one image's pulls to people. */
record ImageUsageView(ImageUsage usage, Instant now) {
    void print(PrintWriter out) {
        if (usage.total().pulls() + usage.total().failed() + usage.late() == 0) {
            out.println("nobody pulled " + usage.image() + " since " + usage.from() + ", as far as is recorded");
        } else {
            out.println(usage.image() + " since " + usage.from());
            out.println();
            out.println(days());
            counts(out, "PRINCIPAL", usage.sum(ImageDay::by));
            counts(out, "WORKLOAD", usage.sum(ImageDay::workloads));
            counts(out, "PLATFORM", usage.sum(ImageDay::platforms));
            counts(out, "FAILED WITH", usage.sum(ImageDay::failed));
        }
        witnesses(out);
    }

    private TextTable days() {
        TextTable table =
                new TextTable("DAY", "PULLS", "BY DIGEST", "COLD", "STALE", "FAILED", "LATE", "HIT RATIO", "BYTES");
        usage.days().forEach((date, day) -> row(table, date, Sums.of(day), day.byDigest(), day.late()));
        if (usage.days().size() > 1) {
            row(table, "total", usage.total(), usage.byDigest(), usage.late());
        }
        return table;
    }

    private static void row(TextTable table, Object name, Sums sums, long byDigest, long late) {
        table.row(
                name,
                sums.pulls(),
                byDigest,
                sums.cold(),
                sums.stale(),
                sums.failed(),
                late,
                sums.hitPercent(),
                Sizes.of(sums.bytes()));
    }

    private static void counts(PrintWriter out, String heading, Map<String, Long> counts) {
        if (counts.isEmpty()) {
            return;
        }
        TextTable table = new TextTable(heading, heading.startsWith("FAILED") ? "TIMES" : "PULLS");
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .forEach(entry -> table.row(entry.getKey(), entry.getValue()));
        out.println(table);
    }

    private void witnesses(PrintWriter out) {
        if (!usage.tags().isEmpty()) {
            out.println("tags there now:          "
                    + usage.tags().stream().map(Object::toString).collect(Collectors.joining(", ")));
        }
        out.println("last pull by the record: " + Ages.of(usage.lastPulledAt(), now));
        out.println("last pull by ECR:        "
                + usage.ecr().note().orElseGet(() -> Ages.of(usage.ecr().lastPull(), now)));
        out.println("witness:                 " + usage.witness().text());
        usage.completeSince()
                .filter(since ->
                        since.isAfter(usage.from().atStartOfDay(ZoneOffset.UTC).toInstant()))
                .ifPresent(since -> out.println("                         pulls before that may be missing above"));
        usage.ecrIsLaterBy()
                .ifPresent(later -> out.println("THE WITNESSES DISAGREE:  ECR saw a pull "
                        + (usage.lastPulledAt().isEmpty()
                                ? "and the record saw none"
                                : Ages.rough(later) + " after the record's last")
                        + ": by somebody who is excluded or by a scanner, or one that the record lacks"));
        out.flush();
    }
}
