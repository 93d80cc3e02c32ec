package dev.larder.events;

/**
 * Something that happened, as one JSON document told it. {@link EventParser#parse} makes one of every document that
 * keeps to its own form; what Larder has no use for is {@link Ignored}, never null.
 */
public sealed interface Event permits EcrEvent, ApiCall, OwnEvent, ScheduledRun, WarmOrder, LifecycleWork, Ignored {}
