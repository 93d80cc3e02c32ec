package dev.larder.config;

import java.util.List;

/**
 * Whether tags of a cached repository may move. An immutable tag cannot follow its upstream.
 *
 * @param mutable whether tags may move
 * @param except patterns with {@code *} of the tags for which the opposite holds, at most five
 */
public record TagMutability(boolean mutable, List<String> except) {
    /** Copies the list. */
    public TagMutability {
        except = List.copyOf(except);
    }

    /** The word of ECR's API: {@code MUTABLE}, {@code IMMUTABLE}, or one of them {@code _WITH_EXCLUSION}. */
    public String id() {
        return (mutable ? "MUTABLE" : "IMMUTABLE") + (except.isEmpty() ? "" : "_WITH_EXCLUSION");
    }
}
