package dev.larder.domain.lifecycle;

/**
 * What speaks against the eviction of one manifest, found by asking for that manifest alone: a signal that is too dear to
 * be read for every image, and so is read for those only that would go otherwise.
 *
 * @param detail what was seen, one sentence
 */
public record Objection(Guard guard, String detail) {}
