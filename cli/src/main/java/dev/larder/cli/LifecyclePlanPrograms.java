package dev.larder.cli;

import dev.larder.domain.lifecycle.Offer;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;

/** Prints a plan of evictions for programs, line by line as it is made. */
final class LifecyclePlanPrograms implements LifecyclePlanReading.Sink {
    private static final List<String> HEADINGS = List.of(
            "kind",
            "repository",
            "image",
            "tags",
            "images",
            "bytes",
            "lastUse",
            "reason",
            "rule",
            "guard",
            "because",
            "until",
            "evidence");

    private final boolean csv;
    private final PrintWriter out;

    /**
     * @param csv what images and repositories have a row of, under headings: neither quotas, notes nor totals, so that a
     *     column can be summed; otherwise JSON
     */
    LifecyclePlanPrograms(boolean csv, PrintWriter out) {
        this.csv = csv;
        this.out = out;
        if (csv) {
            out.println(String.join(",", HEADINGS));
        }
    }

    @Override
    public void chosen(List<Offer> going, EvictionReading.Mode mode) {}

    @Override
    public void line(LifecyclePlanLine line) {
        if (!csv) {
            Formats.json(line.fields(), out);
            return;
        }
        Map<String, Object> fields = line.fields();
        switch (line) {
            case LifecyclePlanLine.Going going -> {
                fields.put("images", 1);
                Formats.csv(HEADINGS, fields, out);
            }
            case LifecyclePlanLine.Spared spared -> {
                fields.put("images", 1);
                Formats.csv(HEADINGS, fields, out);
            }
            case LifecyclePlanLine.Later later -> Formats.csv(HEADINGS, fields, out);
            case LifecyclePlanLine.LeftOut leftOut -> Formats.csv(HEADINGS, fields, out);
            case LifecyclePlanLine.Drifted drifted -> {
                fields.put("because", drifted.drift().text());
                Formats.csv(HEADINGS, fields, out);
            }
            case LifecyclePlanLine.QuotaUse _, LifecyclePlanLine.Note _, LifecyclePlanLine.Total _ -> {}
        }
    }
}
