package dev.larder.events.image;

/** An image as a client names it: a repository with a tag, or with a digest. */
public sealed interface ImageReference {
    /** The repository that holds the image. */
    RepositoryName repository();

    /** {@code repository:tag}. */
    record Tagged(RepositoryName repository, Tag tag) implements ImageReference {
        @Override
        public String toString() {
            return repository + ":" + tag;
        }
    }

    /** {@code repository@sha256:...}. */
    record Digested(RepositoryName repository, Digest digest) implements ImageReference {
        @Override
        public String toString() {
            return repository + "@" + digest;
        }
    }

    /**
     * Reads {@code repository:tag} or {@code repository@digest}, the text that {@code toString} writes.
     *
     * @throws IllegalArgumentException when it is neither, with what was found
     */
    static ImageReference parse(String text) {
        int at = text.indexOf('@');
        if (at >= 0) {
            return new Digested(new RepositoryName(text.substring(0, at)), new Digest(text.substring(at + 1)));
        }
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException(
                    "not an image: '" + text + "'; expected repository:tag or repository@sha256:...");
        }
        return new Tagged(new RepositoryName(text.substring(0, colon)), new Tag(text.substring(colon + 1)));
    }
}
