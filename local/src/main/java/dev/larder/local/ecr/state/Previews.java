package dev.larder.local.ecr.state;

import dev.larder.events.image.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The last lifecycle policy preview of each repository. */
public final class Previews {
    private final Metadata metadata;
    private final Table<String> texts;
    private final Table<Row> rows;

    Previews(Metadata metadata) {
        this.metadata = metadata;
        texts = metadata.table("previews", String.class);
        rows = metadata.table("previewRows", Row.class);
    }

    /** Replaces the repository's preview. */
    public void put(String repository, String text, List<Row> results) {
        metadata.write(() -> {
            remove(repository);
            texts.put(text, repository);
            results.forEach(row -> rows.put(row, repository, row.digest().value()));
        });
    }

    /** The policy that was previewed. */
    public Optional<String> text(String repository) {
        return metadata.read(() -> texts.get(repository));
    }

    /** The next results in the order of their digests. */
    public Page<Row> page(String repository, Optional<String> after, int limit, Predicate<Row> wanted) {
        return metadata.read(() -> rows.page(after, limit, wanted, repository));
    }

    void remove(String repository) {
        metadata.write(() -> {
            texts.remove(repository);
            rows.all(repository)
                    .forEach(row -> rows.remove(repository, row.digest().value()));
        });
    }

    /**
     * What would happen to one image.
     *
     * @param action {@code EXPIRE} or {@code TRANSITION}
     */
    public record Row(
            Digest digest, List<String> tags, Instant pushedAt, String action, int rulePriority, boolean archived) {}
}
