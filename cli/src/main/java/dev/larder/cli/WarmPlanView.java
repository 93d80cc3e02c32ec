package dev.larder.cli;

import dev.larder.cli.WarmPlanLine.Budget;
import dev.larder.cli.WarmPlanLine.Image;
import dev.larder.cli.WarmPlanLine.Left;
import dev.larder.cli.WarmPlanLine.Order;
import dev.larder.cli.WarmPlanLine.PinnedNotWarm;
import dev.larder.cli.WarmPlanLine.Total;
import dev.larder.domain.warming.Candidate;
import java.io.PrintWriter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Shows a plan of warming to people. */
record WarmPlanView(WarmPlanReading.Shown plan) {
    /** So many rows of a table; programs get all. */
    private static final int ROWS = 30;

    void print(PrintWriter out) {
        Total total = plan.total();
        out.println("would be warmed now: " + images(total.orders()) + " (nothing is ordered by looking)");
        if (total.orders() > 0) {
            out.println("saving " + figure(total.saves()) + " cold pulls a day for "
                    + figure(total.price().requests()) + " requests and "
                    + Sizes.of(Math.round(total.price().bytes())) + " expected, at most "
                    + Sizes.of(total.price().mostBytes())
                    + (total.price().guessed() ? "; sizes that nobody has seen are guessed" : ""));
            out.print(orders());
            more(plan.orders().size(), out);
        }
        if (total.left() > 0) {
            out.println();
            out.println("left out: " + images(total.left()));
            out.print(left());
            more(total.left(), out);
        }
        out.println();
        out.print(upstreams());
        out.println();
        out.println("bytes of today: " + Sizes.of(total.today()) + " of " + Sizes.of(total.bytesPerDay()));
        if (!plan.pinned().isEmpty()) {
            out.println();
            out.print(pinned());
            more(plan.pinned().size(), out);
        }
        if (!plan.notes().isEmpty()) {
            out.println();
            plan.notes().forEach(note -> out.println("note: " + note.text()));
        }
    }

    private TextTable orders() {
        TextTable table = new TextTable(
                "IMAGE", "REASON", "WHEN", "SAVES", "WORTH", "PULLS", "REQUESTS", "BYTES", "AT MOST", "WHY");
        rows(plan.orders(), (Order order) -> {
            Candidate candidate = order.image().candidate();
            table.row(
                    candidate.image(),
                    Reasons.word(candidate.reason()),
                    when(order.image()),
                    figure(candidate.saves()),
                    figure(candidate.worth()),
                    candidate.price().tokens(),
                    figure(candidate.price().requests()),
                    Sizes.of(Math.round(candidate.price().bytes())),
                    Sizes.of(candidate.price().mostBytes()),
                    candidate.detail());
        });
        return table;
    }

    private TextTable left() {
        TextTable table = new TextTable("IMAGE", "REASON", "SAVES", "WORTH", "PULLS", "AT MOST", "LEFT OUT BECAUSE");
        rows(plan.left(), (Left left) -> {
            Candidate candidate = left.image().candidate();
            table.row(
                    candidate.image(),
                    Reasons.word(candidate.reason()),
                    figure(candidate.saves()),
                    figure(candidate.worth()),
                    candidate.price().tokens(),
                    Sizes.of(candidate.price().mostBytes()),
                    left.because());
        });
        return table;
    }

    private TextTable upstreams() {
        TextTable table = new TextTable("UPSTREAM", "CIRCUIT", "PULLS LEFT", "PLANNED", "LIMIT");
        for (Budget budget : plan.upstreams()) {
            FundsView funds = budget.funds();
            table.row(
                    funds.upstream().prefix(),
                    funds.circuit(),
                    funds.left(),
                    images(budget.orders()) + (funds.bucket().isPresent() ? ", " + budget.tokens() + " pulls" : ""),
                    funds.limits());
        }
        return table;
    }

    private TextTable pinned() {
        TextTable table = new TextTable("PINNED AND NOT WARM", "REASON");
        rows(plan.pinned(), (PinnedNotWarm pin) -> table.row(pin.image(), pin.reason()));
        return table;
    }

    private static <T> void rows(List<T> all, Consumer<T> row) {
        all.stream().limit(ROWS).forEach(row);
    }

    private static void more(int rows, PrintWriter out) {
        if (rows > ROWS) {
            out.println("and " + (rows - ROWS) + " more: --json has all");
        }
    }

    private static String when(Image image) {
        String time = image.isLater()
                ? image.candidate().notBefore().truncatedTo(ChronoUnit.SECONDS).toString()
                : "now";
        return image.candidate().refresh() ? time + ", refresh" : time;
    }

    private static String images(long count) {
        return count + (count == 1 ? " image" : " images");
    }

    private static String figure(double figure) {
        return String.format(Locale.ROOT, "%.2f", figure);
    }
}
