package dev.larder.functions.ecr;

import dev.larder.domain.desired.TagMutability;
import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How repositories are set up. Every method throws {@link CacheException} when ECR fails, or refuses what is put. */
public interface RepositorySettings {
    /**
     * What ECR makes of a repository that a pull through the cache creates.
     *
     * @param prefix without a slash at the end; {@code ROOT} for all that have no template of their own
     * @param lifecyclePolicy as text; empty for none
     * @param repositoryPolicy as text; empty for none
     * @param kmsKey the key's ARN; empty when ECR encrypts by itself
     */
    record Template(
            String prefix,
            Optional<String> lifecyclePolicy,
            Optional<String> repositoryPolicy,
            Map<String, String> tags,
            TagMutability tagMutability,
            Optional<String> kmsKey) {
        /** Copies the tags. */
        public Template {
            tags = Map.copyOf(tags);
        }
    }

    /**
     * What a repository has.
     *
     * @param lifecyclePolicy as text; empty for none
     * @param repositoryPolicy as text; empty for none
     */
    record Current(
            RepositoryDescription description,
            Optional<String> lifecyclePolicy,
            Optional<String> repositoryPolicy,
            Map<String, String> tags) {
        /** Copies the tags. */
        public Current {
            tags = Map.copyOf(tags);
        }
    }

    /** What became of a preview: its state, and of which policy it is. */
    sealed interface Preview {
        /** ECR is still at it. */
        record Running() implements Preview {}

        /**
         * It is done.
         *
         * @param policy that it is of
         * @param images that the policy would expire or archive now
         */
        record Complete(String policy, Set<Digest> images) implements Preview {
            /** Copies the set. */
            public Complete {
                images = Set.copyOf(images);
            }
        }

        /** There is no result, with ECR's word for it. */
        record Broken(String status) implements Preview {}
    }

    /** The templates for pulls through the cache. */
    List<Template> templates();

    /** What ECR lists of repositories, a hundred in a call; those that are gone are not in the answer. */
    List<CacheInventory.Repository> describe(Collection<RepositoryName> repositories);

    /** What a repository has, of which this is known already, in three calls more; empty when it is gone. */
    Optional<Current> read(RepositoryName repository, RepositoryDescription description);

    /** The repository's lifecycle policy, as text, as it is now; empty when there is none. */
    Optional<String> lifecyclePolicy(RepositoryName repository);

    /** The repository's policy, as text, as it is now; empty when there is none. */
    Optional<String> repositoryPolicy(RepositoryName repository);

    /** Replaces the repository's lifecycle policy. */
    void putLifecyclePolicy(RepositoryName repository, String text);

    /** Removes the repository's lifecycle policy; does nothing when there is none. */
    void deleteLifecyclePolicy(RepositoryName repository);

    /** Replaces the repository's policy. */
    void putRepositoryPolicy(RepositoryName repository, String text);

    /** Removes the repository's policy; does nothing when there is none. */
    void deleteRepositoryPolicy(RepositoryName repository);

    /** Sets tags, and leaves the others as they are. */
    void addTags(String arn, Map<String, String> tags);

    /** Sets whether what comes in is scanned. */
    void putScanOnPush(RepositoryName repository, boolean scan);

    /** Sets whether tags may move. */
    void putTagMutability(RepositoryName repository, TagMutability mutability);

    /**
     * Has ECR compute what a lifecycle policy would do. A repository has one preview at a time.
     *
     * @return false when another one is being computed, and this one is not
     */
    boolean startPreview(RepositoryName repository, String text);

    /** The repository's last preview. */
    Preview preview(RepositoryName repository);
}
