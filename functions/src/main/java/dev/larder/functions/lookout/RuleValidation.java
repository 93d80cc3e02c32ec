package dev.larder.functions.lookout;

import dev.larder.config.Upstream;
import dev.larder.events.OwnEvent.RuleChecked;
import dev.larder.functions.bus.EventBus;
import dev.larder.functions.ecr.CacheException;
import dev.larder.functions.ecr.RuleValidator;
import dev.larder.functions.upstream.RuleCheck;
import dev.larder.functions.upstream.RuleChecks;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Has ECR try the credentials of each rule that has some, keeps what comes of it, and tells the bus when it has changed. The
 * bus is told first: what was told and not kept is told again.
 */
public final class RuleValidation {
    private final List<String> prefixes;
    private final RuleValidator validator;
    private final RuleChecks checks;
    private final EventBus bus;

    /** Takes the upstreams and the ports. */
    public RuleValidation(List<Upstream> upstreams, RuleValidator validator, RuleChecks checks, EventBus bus) {
        this.prefixes = upstreams.stream()
                .filter(upstream -> upstream.credentials().isPresent())
                .map(Upstream::prefix)
                .toList();
        this.validator = validator;
        this.checks = checks;
        this.bus = bus;
    }

    /**
     * What a run found.
     *
     * @param checked how many rules ECR gave an answer about
     * @param undecided why it gave none about the others, which are as they were before
     */
    public record Outcome(int checked, List<String> undecided) {
        /** Copies the list. */
        public Outcome {
            undecided = List.copyOf(undecided);
        }
    }

    /** Tries all of them. A rule that ECR says nothing about holds up no other. */
    public Outcome validate(Instant now) {
        List<String> undecided = new ArrayList<>();
        for (String prefix : prefixes) {
            try {
                keep(prefix, validator.failure(prefix), now);
            } catch (CacheException e) {
                undecided.add(String.valueOf(e.getMessage()));
            }
        }
        return new Outcome(prefixes.size() - undecided.size(), undecided);
    }

    /** How many rules were invalid when they were last tried. */
    public long invalid() {
        return prefixes.stream()
                .filter(prefix ->
                        checks.of(prefix).filter(check -> !check.valid()).isPresent())
                .count();
    }

    /** A rule that was never tried is taken to have been valid: only bad news of it is news. */
    private void keep(String prefix, Optional<String> failure, Instant now) {
        RuleCheck before = checks.of(prefix).orElse(new RuleCheck(Optional.empty(), now, now));
        if (before.valid() != failure.isEmpty()) {
            bus.publish(List.of(new RuleChecked(prefix, failure, now)));
        }
        checks.keep(prefix, before.then(failure, now));
    }
}
