package dev.larder.cli;

import dev.larder.config.Upstream;
import dev.larder.functions.upstream.RuleCheck;
import dev.larder.functions.upstream.RuleChecks;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Whether ECR can use the credentials of the rules, as far as it was asked. */
record RuleStatus(RuleChecks checks, List<Upstream> upstreams, Instant now) {
    private static final Duration ANSWERED_WITHIN = Duration.ofDays(2);

    /** One rule in a word. */
    String word(Upstream upstream) {
        if (upstream.credentials().isEmpty()) {
            return "no login";
        }
        return checks.of(upstream.prefix())
                .map(check -> check.valid() ? "valid" + undecided(check) : "INVALID")
                .orElse("not checked yet");
    }

    /** That ECR has given no answer since, although it is asked every day. */
    private String undecided(RuleCheck check) {
        return check.checkedAt().isBefore(now.minus(ANSWERED_WITHIN))
                ? " as of " + check.checkedAt().atOffset(ZoneOffset.UTC).toLocalDate() + ", undecided since"
                : "";
    }

    /** A line about each rule that is invalid, in ECR's words. */
    void print(PrintWriter out) {
        for (Upstream upstream : upstreams) {
            checks.of(upstream.prefix())
                    .filter(check -> !check.valid())
                    .ifPresent(check -> out.println(line(upstream, check) + "\n"));
        }
    }

    private String line(Upstream upstream, RuleCheck check) {
        return "the rule " + upstream.prefix() + " is INVALID since " + ago(check.since()) + ": "
                + check.failure().orElse("") + "; last tried " + ago(check.checkedAt())
                + upstream.credentials().map(name -> "; its secret is " + name).orElse("");
    }

    private String ago(Instant time) {
        return Ages.of(Optional.of(time), now);
    }
}
