package dev.larder.domain.usage;

import dev.larder.domain.usage.PullDecision.Counts;
import dev.larder.domain.usage.PullDecision.NoPull;
import dev.larder.domain.usage.PullDecision.PartOfAPull;
import dev.larder.events.ApiCall.BatchGetImage;
import dev.larder.events.CallRecord;
import dev.larder.events.ImageId;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What counts as a pull. A client that pulls a tag asks for the tag, then by digest for the index and for its platform's
 * manifest, each of them a call of its own: only the tag counts.
 *
 * @param prefixes of the cache rules, without the slash
 * @param ownRoles the names of Larder's own roles
 * @param excluded ARNs of roles and users whose pulls do not count
 */
public record PullRules(Set<String> prefixes, Set<String> ownRoles, Set<String> excluded) {
    /** The role with which ECR itself works for pull-through caches (ECR user guide, slr-pullthroughcache). */
    private static final String SERVICE_LINKED_ROLE =
            ":role/aws-service-role/pullthroughcache.ecr.amazonaws.com/AWSServiceRoleForECRPullThroughCache";

    /** Copies the sets. */
    public PullRules {
        prefixes = Set.copyOf(prefixes);
        ownRoles = Set.copyOf(ownRoles);
        excluded = Set.copyOf(excluded);
    }

    /**
     * Decides on each image of a call.
     *
     * @param partOfATag whether a digest is what a tag of this repository points at, or listed by one of its indexes
     */
    public List<PullDecision> decide(BatchGetImage fetched, Predicate<Digest> partOfATag) {
        return whyNot(fetched)
                .map(reason -> List.<PullDecision>of(new NoPull(reason)))
                .orElseGet(() -> fetched.imageIds().stream()
                        .map(id -> decide(fetched, id, partOfATag))
                        .distinct()
                        .toList());
    }

    private static PullDecision decide(BatchGetImage fetched, ImageId id, Predicate<Digest> partOfATag) {
        if (id.tag().isPresent()) {
            return counts(fetched, new Tagged(fetched.repository(), id.tag().get()));
        }
        Digest digest = id.digest().orElseThrow();
        Digested image = new Digested(fetched.repository(), digest);
        return partOfATag.test(digest) ? new PartOfAPull(image, fetched.call().time()) : counts(fetched, image);
    }

    private static Counts counts(BatchGetImage fetched, ImageReference image) {
        CallRecord call = fetched.call();
        return new Counts(new Pull(image, call.principal().countedAs(), EventHash.of(call.eventId()), call.time()));
    }

    /** Why nothing of a call counts; empty when something may. */
    private Optional<String> whyNot(BatchGetImage fetched) {
        String repository = fetched.repository().value();
        if (prefixes.stream().noneMatch(prefix -> repository.startsWith(prefix + "/"))) {
            return Optional.of(repository + " is under no cache rule");
        }
        if (fetched.call().errorCode().isPresent()) {
            return Optional.of("it failed with " + fetched.call().errorCode().get());
        }
        String principal = fetched.call().principal().countedAs();
        if (principal.endsWith(SERVICE_LINKED_ROLE)) {
            return Optional.of("ECR itself made it");
        }
        if (isOwn(principal)) {
            return Optional.of("Larder made it, as " + principal);
        }
        return excluded.contains(principal) ? Optional.of(principal + " is excluded") : Optional.empty();
    }

    private boolean isOwn(String principal) {
        return principal.contains(":role/") && ownRoles.contains(principal.substring(principal.lastIndexOf('/') + 1));
    }
}
