package dev.larder.cli;

import dev.larder.config.Upstream;
import dev.larder.functions.usage.CheckedRecord;
import dev.larder.functions.usage.RecordState;
import dev.larder.functions.usage.RecordState.Gap;
import dev.larder.functions.usage.RecordState.Reconciled;
import dev.larder.functions.usage.RecordState.Trail;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the usage record says of itself. */
record RecordStatus(RecordState state, CheckedRecord checked, List<Upstream> upstreams, Instant now) {
    private static final int GAPS = 5;

    void print(PrintWriter out) {
        trail(out);
        out.println();
        out.println(since());
        checked.unheard().ifPresent(why -> out.println("NOTHING IS EVICTED: " + why));
        gaps(out);
        if (state.waiting() > 0) {
            out.println("dead letters: " + state.waiting() + " messages with pulls wait since "
                    + Ages.of(state.waitingSince(), now)
                    + ": no upstream's record is complete until the queue is redriven");
        }
        out.println("last comparison with ECR: "
                + state.reconciled().map(this::reconciled).orElse("none yet"));
    }

    private void trail(PrintWriter out) {
        out.println(state.trail()
                .map(trail -> said(trail) + trail.detail() + "; seen " + seen(trail))
                .orElse("nobody has looked at the account's trail yet: the reconciliation does, every 6 hours"));
    }

    private static String said(Trail trail) {
        if (trail.isUnreadable()) {
            return "NOBODY KNOWS WHETHER PULLS ARE RECORDED: ";
        }
        return trail.isMissing() ? "NO PULL IS RECORDED: " : "pulls are recorded: ";
    }

    private String seen(Trail trail) {
        return Ages.of(Optional.of(trail.checkedAt()), now);
    }

    private TextTable since() {
        TextTable table = new TextTable("UPSTREAM", "EVERY PULL RECORDED SINCE");
        for (Upstream upstream : upstreams) {
            table.row(
                    upstream.prefix(),
                    checked.completeSince(upstream.prefix())
                            .map(since -> Ages.of(Optional.of(since), now))
                            .orElseGet(() -> unknown(upstream)));
        }
        return table;
    }

    private String unknown(Upstream upstream) {
        if (state.waiting() > 0) {
            return "unknown while dead letters wait";
        }
        return state.completeSince(upstream.prefix())
                .map(since ->
                        "unknown while it is not checked: " + Ages.of(Optional.of(since), now) + " if all went well")
                .orElse("no pull recorded yet");
    }

    /** The last ones: what came before the last of an upstream matters no more. */
    private void gaps(PrintWriter out) {
        List<Gap> gaps = state.gaps();
        if (gaps.isEmpty()) {
            return;
        }
        TextTable table = new TextTable("GAP UNTIL", "UPSTREAM", "NOTICED BECAUSE");
        List<Gap> last = gaps.subList(Math.max(0, gaps.size() - GAPS), gaps.size());
        last.reversed().forEach(gap -> table.row(Ages.of(Optional.of(gap.until()), now), gap.prefix(), gap.evidence()));
        out.println(table);
        if (gaps.size() > GAPS) {
            out.println((gaps.size() - GAPS) + " gaps before these");
            out.println();
        }
    }

    private String reconciled(Reconciled last) {
        return Ages.of(Optional.of(last.at()), now) + ", " + last.images() + " images"
                + samples("only ECR saw pulled", last.onlyEcr())
                + samples("only the record saw pulled", last.onlyRecord());
    }

    private static String samples(String who, List<String> images) {
        return images.isEmpty() ? "; none that " + who : ";\n  " + who + ":\n    " + String.join("\n    ", images);
    }
}
