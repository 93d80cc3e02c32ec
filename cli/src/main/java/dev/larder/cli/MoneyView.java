package dev.larder.cli;

import dev.larder.domain.money.Prices;
import dev.larder.domain.money.Savings;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

/** Shows what it saves that images go. */
final class MoneyView {
    private MoneyView() {}

    static void print(Savings saved, PrintWriter out) {
        out.println("money (list prices of " + Prices.LISTED_ON
                + " where the file names none; layers that images share are" + " counted for each):");
        out.println("  saved by letting go:  " + dollars(saved.perMonth()) + " a month");
        out.println("  in ECR's archive:     " + dollars(saved.archivePerMonth()) + " a month, at least "
                + dollars(saved.archiveAtLeast()) + " for its 90 days, and " + dollars(saved.restore())
                + " to restore all of it");
        out.println("  to fetch all again:   " + saved.requests()
                + (saved.requests() == 1 ? " request" : " requests") + " that upstreams may count, "
                + dollars(BigDecimal.ZERO) + " to bring it in");
    }

    static Map<String, Object> fields(Savings saved) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("dollarsPerMonth", Savings.rounded(saved.perMonth()));
        fields.put("archiveDollarsPerMonth", Savings.rounded(saved.archivePerMonth()));
        fields.put("archiveDollarsAtLeast", Savings.rounded(saved.archiveAtLeast()));
        fields.put("restoreDollars", Savings.rounded(saved.restore()));
        fields.put("refetchRequests", saved.requests());
        fields.put("refetchDollars", Savings.rounded(BigDecimal.ZERO));
        return fields;
    }

    private static String dollars(BigDecimal exact) {
        return "$" + Savings.rounded(exact).toPlainString();
    }
}
