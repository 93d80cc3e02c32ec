package dev.larder.benchmarks.lifecycle;

import dev.larder.domain.upstream.Failure;
import dev.larder.domain.usage.Tagging;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.Platform;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.table.ImageRecords;
import dev.larder.functions.table.RepositoryRecords;
import dev.larder.functions.table.StoredManifest;
import dev.larder.functions.table.TaggedImage;
import dev.larder.functions.table.Warmth;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The record of a {@link GeneratedCell}; what a plan does not ask for, it refuses. */
record GeneratedRecords(GeneratedCell cell) implements ImageRecords {
    @Override
    public RepositoryRecords repository(RepositoryName repository) {
        return cell.records(repository);
    }

    @Override
    public Tagging tagging(RepositoryName repository) {
        return Tagging.UNKNOWN;
    }

    @Override
    public Optional<TaggedImage> tagged(Tagged image) {
        throw refused();
    }

    @Override
    public Optional<StoredManifest> manifest(RepositoryName repository, Digest digest) {
        throw refused();
    }

    @Override
    public List<TaggedImage> popular(String prefix, int top) {
        throw refused();
    }

    @Override
    public void imported(Tagged image, Digest digest, Instant at) {
        throw refused();
    }

    @Override
    public Warmth warmth(ImageReference image) {
        throw refused();
    }

    @Override
    public void checkFailed(Tagged image, String why, Instant at) {
        throw refused();
    }

    @Override
    public void warmed(ImageReference image, Optional<String> unverified, Instant at) {
        throw refused();
    }

    @Override
    public void warmFailed(ImageReference image, Failure failure, Instant at) {
        throw refused();
    }

    @Override
    public void describe(StoredManifest manifest) {
        throw refused();
    }

    @Override
    public void lists(Digested index, Map<Digest, Optional<Platform>> children) {
        throw refused();
    }

    @Override
    public void pulled(ImageReference image, Instant at) {
        throw refused();
    }

    @Override
    public void forget(ImageReference image, Instant at) {
        throw refused();
    }

    @Override
    public void forget(Tagged image, Digest deleted, Instant at) {
        throw refused();
    }

    private static AssertionError refused() {
        return new AssertionError("a plan asks for whole repositories, and writes nothing");
    }
}
