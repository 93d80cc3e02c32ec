package dev.larder.functions.lookout;

import java.util.List;

/**
 * What a run of the lookout came to.
 *
 * @param lists that were read to their end
 * @param heads tags that were looked at
 * @param putOff what was left for the next run, and why
 */
public record LookOutcome(int lists, int heads, List<String> putOff) {
    /** Copies the list. */
    public LookOutcome {
        putOff = List.copyOf(putOff);
    }
}
