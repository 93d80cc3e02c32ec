package dev.larder.functions.table;

import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The key of one item of the table.
 *
 * @param pk what belongs together, {@code image#docker-hub/library/nginx}
 * @param sk the item in it, {@code tag#1.27}
 */
public record Key(String pk, String sk) {
    /** In front of a repository's images. */
    public static final String IMAGE = "image#";

    /** In front of a tag. */
    public static final String TAG = "tag#";

    /** In front of a digest. */
    public static final String DIGEST = "digest#";

    /** Partition of the lifecycle's runs. */
    public static final String LIFECYCLE_RUNS = "runs#lifecycle";

    /** Partition of what is known of the usage record itself. */
    public static final String USAGE = "usage";

    /** In front of a prefix, in {@link #USAGE}: since when the record of its images is complete. */
    public static final String SINCE = "since#";

    /** Partition of the lists of images in use that clusters report. */
    public static final String IN_USE = "in-use";

    /** In front of a cluster, in {@link #IN_USE}: the head of its list. */
    public static final String LIST = "list#";

    /** An image by tag. */
    public static Key of(RepositoryName repository, Tag tag) {
        return new Key(imagesOf(repository), TAG + tag);
    }

    /** An image by digest. */
    public static Key of(RepositoryName repository, Digest digest) {
        return new Key(imagesOf(repository), DIGEST + digest);
    }

    /** An image as it was named. */
    public static Key of(ImageReference image) {
        return switch (image) {
            case ImageReference.Tagged(var repository, var tag) -> of(repository, tag);
            case ImageReference.Digested(var repository, var digest) -> of(repository, digest);
        };
    }

    /** The partition with a repository's images. */
    public static String imagesOf(RepositoryName repository) {
        return IMAGE + repository;
    }

    /** An upstream's circuit and budget. */
    public static Key upstream(String prefix) {
        return new Key(popularityOf(prefix), "state");
    }

    /** What ECR last said of the credentials of an upstream's rule. */
    public static Key rule(String prefix) {
        return new Key(popularityOf(prefix), "rule");
    }

    /** The hash key of an upstream's images in the index by popularity. */
    public static String popularityOf(String prefix) {
        return "upstream#" + prefix;
    }

    /** The lease of the order that probes an upstream. */
    public static Key probe(String prefix) {
        return new Key(popularityOf(prefix), "probe");
    }

    /** The lease of a warm order in flight. */
    public static Key lease(ImageReference image) {
        return new Key("order#" + image, "lease");
    }

    /** What is kept of an image that a run evicted. */
    public static Key tombstone(RepositoryName repository, Digest digest, String run) {
        return new Key(tombstonesOf(repository), tombstonesOf(digest) + run);
    }

    /** How the range keys of a digest's tombstones start. */
    public static String tombstonesOf(Digest digest) {
        return DIGEST + digest + "#";
    }

    /** Where to find the tombstone of an image that had the tag when a run evicted it. */
    public static Key tombstone(RepositoryName repository, Tag tag, Digest digest, String run) {
        return new Key(tombstonesOf(repository), tombstonesOf(tag) + digest + "#" + run);
    }

    /** How the range keys start that lead from a tag to its tombstones. */
    public static String tombstonesOf(Tag tag) {
        return TAG + tag + "#";
    }

    /** The partition with what a repository's tags pointed at, and what its indexes list. */
    public static String historyOf(RepositoryName repository) {
        return "tags#" + repository;
    }

    /** Since when the usage record of an upstream's images is complete. */
    public static Key usageSince(String prefix) {
        return new Key(USAGE, SINCE + prefix);
    }

    /** The partition with what the upstream said of a repository's images: whether it still has them. */
    public static String atUpstreamOf(RepositoryName repository) {
        return "at-upstream#" + repository;
    }

    /** The partition with the groups of a repository that stayed when a run would have let them go. */
    public static String keptOf(RepositoryName repository) {
        return "kept#" + repository;
    }

    /** The head of the list that a cluster reported. */
    public static Key inUseList(String cluster) {
        return new Key(IN_USE, LIST + cluster);
    }

    /** Part of a list that a cluster reported. */
    public static Key inUsePart(String cluster, String generation, int part) {
        return new Key(IN_USE, inUseParts(cluster, generation) + String.format(Locale.ROOT, "%06d", part));
    }

    /** How the range keys of the parts of one report start. */
    public static String inUseParts(String cluster, String generation) {
        return "part#" + cluster + "#" + generation + "#";
    }

    /** The partition with a repository's tombstones. */
    public static String tombstonesOf(RepositoryName repository) {
        return "tombstone#" + repository;
    }

    /** The partition with a run's lines. */
    public static String linesOf(String run) {
        return "run#" + run;
    }

    /** As DynamoDB takes it. */
    public Map<String, AttributeValue> attributes() {
        return Map.of(Attributes.PK, Values.text(pk), Attributes.SK, Values.text(sk));
    }
}
