package dev.larder.domain.lifecycle;

/** Why an image may go. */
public enum Reason {
    /** Nobody used it for the rule's {@code notPulledFor}. */
    NOT_PULLED("not pulled"),
    /** The last tag that pointed at it moved away, and nobody used it since for the rule's {@code superseded}. */
    SUPERSEDED("superseded"),
    /** An import left it behind: no tag, no index, no pull ever, for the rule's {@code failedImports}. */
    FAILED_IMPORT("failed import"),
    /** More is cached than a quota allows, and nobody used it for the quota's {@code notPulledFor}. */
    QUOTA("quota");

    private final String text;

    Reason(String text) {
        this.text = text;
    }

    /** As tombstones, events and people read it. */
    public String text() {
        return text;
    }
}
