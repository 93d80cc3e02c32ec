package dev.larder.cli;

import dev.larder.cli.LifecyclePlanLine.Drifted;
import dev.larder.cli.LifecyclePlanLine.Going;
import dev.larder.cli.LifecyclePlanLine.Later;
import dev.larder.cli.LifecyclePlanLine.LeftOut;
import dev.larder.cli.LifecyclePlanLine.Note;
import dev.larder.cli.LifecyclePlanLine.QuotaUse;
import dev.larder.cli.LifecyclePlanLine.Spared;
import dev.larder.cli.LifecyclePlanLine.Tally;
import dev.larder.cli.LifecyclePlanLine.Total;
import dev.larder.domain.lifecycle.Limits;
import dev.larder.domain.lifecycle.Manifest;
import dev.larder.domain.lifecycle.Offer;
import dev.larder.domain.lifecycle.Reason;
import dev.larder.events.image.Digest;
import dev.larder.events.image.Tag;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Shows a plan of evictions to people, as it is made. */
final class LifecyclePlanView implements LifecyclePlanReading.Sink {
    /** So many rows of a table; programs get all. */
    private static final int ROWS = 30;

    private final boolean all;
    private final Instant now;
    private final PrintWriter out;
    private final Map<String, Tally> subtotals = new HashMap<>();
    private final List<Later> later = new ArrayList<>();
    private final List<Drifted> drift = new ArrayList<>();
    private final List<QuotaUse> quotas = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private String rule = "";
    private String repository = "";
    private boolean sparing;
    private int waiting;
    private int drifts;

    /** @param all whether each image is shown that a guard spares */
    LifecyclePlanView(boolean all, Instant now, PrintWriter out) {
        this.all = all;
        this.now = now;
        this.out = out;
    }

    @Override
    public void chosen(List<Offer> going, EvictionReading.Mode mode) {
        Tally sum = Tally.NOTHING;
        for (Offer offer : going) {
            sum = sum.plus(offer.images(), offer.bytes());
            for (String part : List.of(rule(offer), rule(offer) + " " + offer.repository())) {
                subtotals.merge(
                        part,
                        new Tally(offer.images(), offer.bytes()),
                        (one, other) -> one.plus(other.images(), other.bytes()));
            }
        }
        if (sparing) {
            out.println();
        }
        out.println("would go in a run now: " + sum + " (nothing is deleted by looking)");
        out.println("a run: " + mode.text() + "; at most " + limits(mode.limits()));
        mode.off().ifPresent(why -> out.println("nothing would be deleted: " + why));
    }

    private static String limits(Limits limits) {
        return limits.images() + " images, " + Sizes.of(limits.bytes()) + ", " + limits.repositoryPercent()
                + "% of a repository, " + limits.cellPercent() + "% of the cell";
    }

    private static String rule(Offer offer) {
        return offer.reason().text() + (offer.reason() == Reason.QUOTA ? " " : ", rule ") + offer.rule();
    }

    @Override
    public void line(LifecyclePlanLine line) {
        switch (line) {
            case Spared spared -> spared(spared);
            case Going going -> going(going);
            case Later left -> {
                waiting++;
                if (waiting <= ROWS) {
                    later.add(left);
                }
            }
            case LeftOut left -> notes.add(left.repository() + " could not be read: " + left.because());
            case QuotaUse use -> quotas.add(use);
            case Drifted drifted -> {
                drifts++;
                if (drifts <= ROWS) {
                    drift.add(drifted);
                }
            }
            case Note note -> notes.add(note.text());
            case Total total -> total(total);
        }
    }

    private void spared(Spared spared) {
        if (!all) {
            return;
        }
        if (!sparing) {
            out.println("spared:");
            sparing = true;
        }
        out.println("  " + image(spared.manifest()) + "  " + spared.guard() + ": "
                + spared.keep().detail()
                + spared.keep()
                        .until()
                        .map(until -> "; until " + Ages.of(Optional.of(until), now))
                        .orElse(""));
    }

    private void going(Going going) {
        Offer offer = Offer.of(going.with().group());
        if (!rule.equals(rule(offer))) {
            rule = rule(offer);
            repository = "";
            out.println();
            out.println(rule + ": " + subtotals.get(rule));
        }
        if (!repository.equals(offer.repository().value())) {
            repository = offer.repository().value();
            out.println("  " + repository + ": " + subtotals.get(rule + " " + repository));
        }
        out.println("    " + image(going.manifest()) + "  " + Sizes.of(going.bytes()) + ", last used "
                + Ages.of(Optional.of(offer.lastUse()), now));
        out.println("        " + String.join("; ", going.evidence()));
    }

    private static String image(Manifest manifest) {
        return manifest.repository() + "@" + hex(manifest.digest()) + tags(manifest.tags());
    }

    private static String hex(Digest digest) {
        return digest.hex().substring(0, 12);
    }

    private static String tags(List<Tag> tags) {
        return tags.isEmpty() ? "" : tags.stream().map(Tag::value).collect(Collectors.joining(" ", " (", ")"));
    }

    private void total(Total total) {
        if (waiting > 0) {
            out.println();
            out.println("left for later runs: " + total.later());
            TextTable table = new TextTable("IMAGE", "IMAGES", "BYTES", "REASON", "RULE", "BECAUSE");
            later.forEach(left -> table.row(
                    left.offer().repository() + "@" + hex(left.offer().first()) + tags(left.tags()),
                    left.offer().images(),
                    Sizes.of(left.offer().bytes()),
                    left.offer().reason().text(),
                    left.offer().rule(),
                    left.because()));
            out.print(table);
            if (waiting > ROWS) {
                out.println("and " + (waiting - ROWS) + " more: --json has all");
            }
        }
        out.println();
        guards(total.spared());
        quotaTable();
        driftTable();
        out.println();
        MoneyView.print(total.savings(), out);
        out.println();
        out.println("cached in all: " + total.cell());
        notes.forEach(note -> out.println("note: " + note));
    }

    private void guards(Map<String, Long> spared) {
        long sum = spared.values().stream().mapToLong(count -> count).sum();
        out.println("spared by guards: " + sum + (sum == 1 ? " image" : " images")
                + (all || sum == 0 ? "" : "; --all shows each"));
        if (sum > 0) {
            TextTable table = new TextTable("GUARD", "IMAGES");
            spared.forEach((guard, count) -> table.row(guard, count));
            out.print(table);
        }
    }

    private void quotaTable() {
        if (quotas.isEmpty()) {
            return;
        }
        out.println();
        TextTable table = new TextTable("QUOTA", "CACHED", "ALLOWED", "AFTER THE RUN", "");
        quotas.forEach(use -> table.row(
                use.quota().match(),
                Sizes.of(use.cached()),
                Sizes.of(use.quota().bytes()),
                Sizes.of(use.after()),
                use.after() > use.quota().bytes() ? "still exceeded" : ""));
        out.print(table);
    }

    private void driftTable() {
        if (drift.isEmpty()) {
            return;
        }
        out.println();
        out.println(
                "drift: " + drifts + (drifts == 1 ? " setting is" : " settings are") + " not as the file wants them");
        TextTable table = new TextTable("REPOSITORY", "SETTING", "FOUND", "WANTED", "");
        drift.forEach(each -> table.row(
                each.repository(),
                each.drift().field().text(),
                each.drift().found(),
                each.drift().wanted(),
                each.drift().outcome()));
        out.print(table);
        if (drifts > ROWS) {
            out.println("and " + (drifts - ROWS) + " more: --json has all");
        }
    }
}
