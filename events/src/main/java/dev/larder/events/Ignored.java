package dev.larder.events;

/**
 * A well-formed document that Larder has no use for: another source, a detail-type or call that it does not know, or a
 * call that failed before it named anything.
 *
 * @param reason what it was, for a log line
 */
public record Ignored(String reason) implements Event {}
