package dev.larder.functions.registry;

import dev.larder.domain.upstream.Failure;
import dev.larder.domain.upstream.FailureKind;
import dev.larder.domain.upstream.RateLimitHeaders;
import dev.larder.domain.upstream.ReportedLimit;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import software.amazon.awssdk.http.Abortable;

/** One look at an upstream: what it is for, what it took so far, and the request that it waits for. */
final class Look {
    private final String action;
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicReference<Optional<ReportedLimit>> limit = new AtomicReference<>(Optional.empty());
    private final AtomicReference<Optional<Abortable>> running = new AtomicReference<>(Optional.empty());

    /** @param action as in "could not {@code check the tag library/nginx:1 at https://...}" */
    Look(String action) {
        this.action = action;
    }

    int requests() {
        return requests.get();
    }

    Optional<ReportedLimit> limit() {
        return limit.get();
    }

    /** A request goes to the registry itself. */
    void asks() {
        requests.incrementAndGet();
    }

    void waitsFor(Abortable request) {
        running.set(Optional.of(request));
    }

    /** Gives up whatever it waits for. */
    void abort() {
        running.get().ifPresent(Abortable::abort);
    }

    /** Takes the limit that an answer reports; one that makes no sense is logged and passed over. */
    void answered(Answer answer) {
        switch (RateLimitHeaders.read(answer.headers("ratelimit-limit"), answer.headers("ratelimit-remaining"))) {
            case RateLimitHeaders.Reported(ReportedLimit reported) -> limit.set(Optional.of(reported));
            case RateLimitHeaders.Nonsense(String reason) -> log("passed over " + reason);
            case RateLimitHeaders.Silent() -> {}
        }
    }

    /** Prints a line about something odd that is no failure. */
    void log(String finding) {
        System.out.println("to " + action + ": " + finding);
    }

    /** What to throw when it comes to nothing. */
    LookFailedException failed(FailureKind kind, String code, String finding) {
        return new LookFailedException(new Failure(kind, code, "could not " + action + ": " + finding));
    }
}
