package dev.larder.config;

/** {@code goneUpstream}: what becomes of an image that the upstream no longer has. */
final class GoneWords {
    private static final String KEEP = "keep";
    private static final String EVICT = "evict";

    private GoneWords() {}

    /** Whether it goes like any other. */
    static boolean read(String text) {
        return switch (text) {
            case KEEP -> false;
            case EVICT -> true;
            default -> throw new UnexpectedText("keep (what could not be had again stays) or evict");
        };
    }

    static String write(boolean evictGone) {
        return evictGone ? EVICT : KEEP;
    }
}
