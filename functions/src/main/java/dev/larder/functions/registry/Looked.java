package dev.larder.functions.registry;

import dev.larder.domain.upstream.Failure;
import dev.larder.domain.upstream.ReportedLimit;
import java.util.Optional;
import java.util.function.Function;

/**
 * What came of looking at an upstream.
 *
 * @param <T> what was looked for
 */
public sealed interface Looked<T> {
    /** Requests that were sent for it, those for tokens not counted. */
    int requests();

    /** The limit that the upstream reported; absent when it said nothing, or nothing that makes sense. */
    Optional<ReportedLimit> limit();

    /** The same of something else that was found with it. */
    default <U> Looked<U> map(Function<T, U> of) {
        return switch (this) {
            case Found<T> found -> new Found<>(of.apply(found.value()), found.requests(), found.limit());
            case Unchanged<T> same -> new Unchanged<>(same.requests(), same.limit());
            case Refused<T> refused -> new Refused<>(refused.failure(), refused.requests(), refused.limit());
        };
    }

    /** It is there. */
    record Found<T>(T value, int requests, Optional<ReportedLimit> limit) implements Looked<T> {}

    /** It is as it was. */
    record Unchanged<T>(int requests, Optional<ReportedLimit> limit) implements Looked<T> {}

    /** The upstream did not say; the kind tells whether it is not there, or limited, or wants a login, or is out. */
    record Refused<T>(Failure failure, int requests, Optional<ReportedLimit> limit) implements Looked<T> {}
}
