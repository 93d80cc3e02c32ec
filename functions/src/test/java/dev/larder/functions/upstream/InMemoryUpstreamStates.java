package dev.larder.functions.upstream;

import dev.larder.domain.upstream.Circuit;
import dev.larder.domain.upstream.Failure;
import dev.larder.domain.upstream.LimitReport;
import dev.larder.domain.upstream.ReportedLimit;
import dev.larder.domain.upstream.Saving;
import dev.larder.functions.upstream.UpstreamState.Tokens;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** {@link UpstreamStates} in a map, held to the same contract test as the table's. */
public final class InMemoryUpstreamStates implements UpstreamStates {
    private final Map<String, UpstreamState> states = new HashMap<>();

    @Override
    public UpstreamState of(String prefix) {
        return states.getOrDefault(prefix, UpstreamState.NEW);
    }

    @Override
    public boolean failed(String prefix, UpstreamState seen, Circuit to, Failure failure, Instant at) {
        if (isAnother(prefix, seen)) {
            return false;
        }
        states.put(
                prefix,
                new UpstreamState(
                        to,
                        Optional.of(at),
                        Optional.of(failure.code()),
                        Optional.of(failure.reason()),
                        of(prefix).tokens(),
                        of(prefix).report(),
                        of(prefix).saving()));
        return true;
    }

    @Override
    public boolean succeeded(String prefix, UpstreamState seen, Circuit to) {
        if (isAnother(prefix, seen)) {
            return false;
        }
        UpstreamState now = of(prefix);
        states.put(
                prefix,
                new UpstreamState(
                        to,
                        now.lastFailureAt(),
                        now.lastFailureCode(),
                        now.lastFailureReason(),
                        now.tokens(),
                        now.report(),
                        now.saving()));
        return true;
    }

    private boolean isAnother(String prefix, UpstreamState seen) {
        UpstreamState now = of(prefix);
        return !now.lastFailureAt().equals(seen.lastFailureAt())
                || !now.circuit().suspects().equals(seen.circuit().suspects())
                || now.circuit().trips() != seen.circuit().trips();
    }

    @Override
    public boolean spent(String prefix, UpstreamState seen, UpstreamState.Tokens left, Optional<LimitReport> report) {
        UpstreamState now = of(prefix);
        if (!now.tokens().equals(seen.tokens())
                || !now.report().map(LimitReport::at).equals(seen.report().map(LimitReport::at))) {
            return false;
        }
        Tokens cut = new Tokens(left.left(), left.at().truncatedTo(ChronoUnit.MILLIS));
        states.put(prefix, with(now, Optional.of(cut), report, now.saving()));
        return true;
    }

    @Override
    public boolean reported(String prefix, ReportedLimit limit, Instant at) {
        UpstreamState now = of(prefix);
        boolean newer = now.report()
                .map(LimitReport::at)
                .filter(last -> !last.isBefore(at) && !last.isAfter(at.plus(limit.window())))
                .isPresent();
        if (newer) {
            return false;
        }
        Optional<LimitReport> report = Optional.of(LimitReport.of(limit, at.truncatedTo(ChronoUnit.MILLIS)));
        states.put(prefix, with(now, now.tokens(), report, now.saving()));
        return true;
    }

    @Override
    public void saving(String prefix, Saving saving) {
        UpstreamState now = of(prefix);
        Saving cut = new Saving(saving.image(), saving.until().truncatedTo(ChronoUnit.MILLIS));
        states.put(prefix, with(now, now.tokens(), now.report(), Optional.of(cut)));
    }

    private static UpstreamState with(
            UpstreamState state, Optional<Tokens> tokens, Optional<LimitReport> report, Optional<Saving> saving) {
        return new UpstreamState(
                state.circuit(),
                state.lastFailureAt(),
                state.lastFailureCode(),
                state.lastFailureReason(),
                tokens,
                report,
                saving);
    }
}
