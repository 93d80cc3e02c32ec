package dev.larder.functions.usage;

/** The account's CloudTrail trails, of which one has to log read-only management events: pulls are such events. */
@FunctionalInterface
public interface Trails {
    /** How things stand now. Never throws for what the outside does: that is {@link TrailState.Unreadable}. */
    TrailState read();
}
