package dev.larder.cli;

import dev.larder.domain.warming.Candidate;
import dev.larder.domain.warming.Price;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Something that a plan of warming says, as programs are told. */
sealed interface WarmPlanLine {
    /** The JSON object. */
    Map<String, Object> fields();

    /** An image that would be warmed. */
    record Order(Image image) implements WarmPlanLine {
        @Override
        public Map<String, Object> fields() {
            return image.fields("order");
        }
    }

    /** An image that is worth it and has to wait. */
    record Left(Image image, String because) implements WarmPlanLine {
        @Override
        public Map<String, Object> fields() {
            Map<String, Object> fields = image.fields("left");
            fields.put("because", because);
            return fields;
        }
    }

    /**
     * What may be spent of an upstream, and what the plan takes of it.
     *
     * @param orders of this upstream, whatever else is shown
     * @param tokens that these cost
     */
    record Budget(FundsView funds, long orders, long tokens) implements WarmPlanLine {
        @Override
        public Map<String, Object> fields() {
            Map<String, Object> fields = kind("upstream");
            fields.putAll(funds.fields());
            fields.put("plannedOrders", orders);
            fields.put("plannedTokens", tokens);
            return fields;
        }
    }

    /**
     * All together.
     *
     * @param saves cold pulls in a day
     * @param price of all that would be warmed
     * @param today bytes of warming in this day (UTC) so far
     * @param bytesPerDay that are allowed
     */
    record Total(int orders, int left, double saves, Price price, long today, long bytesPerDay)
            implements WarmPlanLine {
        @Override
        public Map<String, Object> fields() {
            Map<String, Object> fields = kind("total");
            fields.put("orders", orders);
            fields.put("left", left);
            fields.put("saves", thousandths(saves));
            cost(price, fields);
            fields.put("bytesToday", today);
            fields.put("bytesPerDay", bytesPerDay);
            return fields;
        }
    }

    /** An image that the file pins, and that could not be warmed. */
    record PinnedNotWarm(String image, String reason) implements WarmPlanLine {
        @Override
        public Map<String, Object> fields() {
            Map<String, Object> fields = kind("pinned-not-warm");
            fields.put("image", image);
            fields.put("reason", reason);
            return fields;
        }
    }

    /** What the file asks for and was not found. */
    record Note(String text) implements WarmPlanLine {
        @Override
        public Map<String, Object> fields() {
            Map<String, Object> fields = kind("note");
            fields.put("note", text);
            return fields;
        }
    }

    /** An image of the plan. */
    record Image(Candidate candidate, String upstream, Instant now) {
        boolean isLater() {
            return candidate.notBefore().isAfter(now);
        }

        private Map<String, Object> fields(String kind) {
            Map<String, Object> fields = kind(kind);
            fields.put("image", candidate.image().toString());
            candidate.by().ifPresent(tag -> fields.put("by", tag.value()));
            fields.put("upstream", upstream);
            fields.put("reason", Reasons.word(candidate.reason()));
            fields.put("detail", candidate.detail());
            fields.put("when", isLater() ? candidate.notBefore().toString() : "now");
            fields.put("asked", candidate.asked());
            fields.put("saves", thousandths(candidate.saves()));
            fields.put("worth", thousandths(candidate.worth()));
            cost(candidate.price(), fields);
            fields.put("refresh", candidate.refresh());
            return fields;
        }
    }

    private static Map<String, Object> kind(String kind) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("kind", kind);
        return fields;
    }

    private static void cost(Price price, Map<String, Object> fields) {
        fields.put("tokens", price.tokens());
        fields.put("mostTokens", price.most());
        fields.put("requests", thousandths(price.requests()));
        fields.put("bytes", Math.round(price.bytes()));
        fields.put("mostBytes", price.mostBytes());
        fields.put("guessed", price.guessed());
    }

    private static double thousandths(double figure) {
        return Math.round(figure * 1000) / 1000.0;
    }
}
