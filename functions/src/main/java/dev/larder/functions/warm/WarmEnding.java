package dev.larder.functions.warm;

import dev.larder.domain.upstream.Failure;
import java.util.Optional;

/**
 * What became of a warm order.
 *
 * @param failure why it failed, whether or not it comes again, or why a tag that is warm could not be brought forward as
 *     someone asked; absent when nothing failed
 */
public record WarmEnding(Outcome outcome, Optional<Failure> failure) {
    /** In one word. */
    public enum Outcome {
        /** The image is warm. */
        WARMED,
        /** There was nothing to do: done already, or someone else is at it. */
        NOTHING_TO_DO,
        /** It failed or could not begin, and was sent again to arrive later. */
        LATER,
        /** It failed, and this order need not come again: it would not help, or the next plan orders anew. */
        FAILED,
        /** It failed, and the queue is to deliver it again, and at last to give it to the dead letters. */
        AGAIN
    }

    static WarmEnding of(Outcome outcome) {
        return new WarmEnding(outcome, Optional.empty());
    }

    /** It failed. */
    public static WarmEnding of(Outcome outcome, Failure failure) {
        return new WarmEnding(outcome, Optional.of(failure));
    }
}
