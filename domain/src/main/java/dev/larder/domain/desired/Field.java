package dev.larder.domain.desired;

/** A setting of a repository that Larder brings to its desired state. */
public enum Field {
    TAGS("tags"),
    SCAN_ON_PUSH("scan on push"),
    TAG_MUTABILITY("tag mutability"),
    ENCRYPTION("encryption"),
    REPOSITORY_POLICY("repository policy"),
    LIFECYCLE_POLICY("lifecycle policy");

    private final String text;

    Field(String text) {
        this.text = text;
    }

    /** As people read it. */
    public String text() {
        return text;
    }
}
