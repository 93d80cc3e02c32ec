package dev.larder.local.ecr.lifecycle;

import dev.larder.events.image.Digest;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A lifecycle policy that ECR would accept, ready to be evaluated over the images of one repository. */
public final class LifecyclePolicy {
    private final List<Rule> byPriority;

    private LifecyclePolicy(List<Rule> rules) {
        this.byPriority =
                rules.stream().sorted(Comparator.comparingInt(Rule::priority)).toList();
    }

    /**
     * Reads the text of a lifecycle policy.
     *
     * @param text JSON, 100 to 30720 characters
     * @throws dev.larder.local.aws.AwsException {@code InvalidParameterException} (400) when ECR would refuse it; the
     *     message names the place in the text, what was found there and what belongs there
     */
    public static LifecyclePolicy parse(String text) {
        return new LifecyclePolicy(PolicyReader.read(text));
    }

    /**
     * What the policy does to a repository at an instant. All rules are evaluated over all images first, then applied
     * by priority; an image is acted on by one rule or none.
     *
     * @param images every image of the repository, archived ones too; each digest once
     * @param now the instant that ages are measured to
     * @return the actions in an order that can be carried out: an index before what it references, older before newer;
     *     the order of {@code images} plays no part
     * @throws IllegalArgumentException when a digest is given twice
     */
    public List<Action> evaluate(Collection<Image> images, Instant now) {
        Inventory inventory = Inventory.of(images);
        return new IndexesFirst(inventory).order(new Marks(byPriority).over(inventory, now));
    }

    /**
     * An image as the policy sees it.
     *
     * @param digest of its manifest
     * @param tags none for an untagged image
     * @param pushedAt ECR's {@code imagePushedAt}
     * @param lastPulledAt ECR's {@code lastRecordedPullTime}; empty when it was never pulled
     * @param lastActivatedAt when it was last restored from the archive; empty when it never was
     * @param archivedAt when it was last archived; empty when it never was
     * @param archived whether its storage class is archive now
     * @param referencedBy the indexes of the repository that list it now. One that is not among the images evaluated
     *     counts as an index that stays
     */
    public record Image(
            Digest digest,
            List<String> tags,
            Instant pushedAt,
            Optional<Instant> lastPulledAt,
            Optional<Instant> lastActivatedAt,
            Optional<Instant> archivedAt,
            boolean archived,
            Set<Digest> referencedBy) {
        public Image {
            tags = List.copyOf(tags);
            referencedBy = Set.copyOf(referencedBy);
        }
    }

    /** What a rule does to an image. */
    public enum Kind {
        /** It is deleted. */
        EXPIRE,
        /** Its storage class becomes archive. */
        TRANSITION
    }

    /**
     * One image and what happens to it.
     *
     * @param digest of the image
     * @param kind what happens
     * @param rulePriority of the rule that says so
     */
    public record Action(Digest digest, Kind kind, int rulePriority) {}
}
