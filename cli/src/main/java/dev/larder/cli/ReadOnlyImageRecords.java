package dev.larder.cli;

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

/** A record that is only looked at. The planner puts it right where it finds it wrong; of that, nothing is written. */
record ReadOnlyImageRecords(ImageRecords records) implements ImageRecords {
    @Override
    public Optional<TaggedImage> tagged(Tagged image) {
        return records.tagged(image);
    }

    @Override
    public Optional<StoredManifest> manifest(RepositoryName repository, Digest digest) {
        return records.manifest(repository, digest);
    }

    @Override
    public RepositoryRecords repository(RepositoryName repository) {
        return records.repository(repository);
    }

    @Override
    public List<TaggedImage> popular(String prefix, int top) {
        return records.popular(prefix, top);
    }

    @Override
    public Warmth warmth(ImageReference image) {
        return records.warmth(image);
    }

    @Override
    public Tagging tagging(RepositoryName repository) {
        return records.tagging(repository);
    }

    @Override
    public void imported(Tagged image, Digest digest, Instant at) {}

    @Override
    public void checkFailed(Tagged image, String why, Instant at) {}

    @Override
    public void warmed(ImageReference image, Optional<String> unverified, Instant at) {}

    @Override
    public void warmFailed(ImageReference image, Failure failure, Instant at) {}

    @Override
    public void describe(StoredManifest manifest) {}

    @Override
    public void lists(Digested index, Map<Digest, Optional<Platform>> children) {}

    @Override
    public void pulled(ImageReference image, Instant at) {}

    @Override
    public void forget(ImageReference image, Instant at) {}

    @Override
    public void forget(Tagged image, Digest deleted, Instant at) {}
}
