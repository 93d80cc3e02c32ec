package dev.larder.domain.usage;

import dev.larder.domain.usage.Fact.Fetch;
import dev.larder.domain.usage.PullDecision.Logged;
import dev.larder.domain.usage.PullDecision.NoPull;
import dev.larder.events.ApiCall.BatchGetImage;
import dev.larder.events.CallRecord;
import dev.larder.events.ImageId;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import java.util.Optional;
import java.util.Set;

/**
 * Whose calls are pulls: all but those of ECR itself, of Larder, and of the excluded principals.
 *
 * @param prefixes of the cache rules, without the slash
 * @param ownRoles the names of Larder's own roles
 * @param excluded ARNs of roles and users whose pulls do not count
 */
public record PullRules(Set<String> prefixes, Set<String> ownRoles, Set<String> excluded) {
    /** The role with which ECR itself works for pull-through caches (ECR user guide, slr-pullthroughcache). */
    private static final String SERVICE_LINKED_ROLE =
            ":role/aws-service-role/pullthroughcache.ecr.amazonaws.com/AWSServiceRoleForECRPullThroughCache";

    /** The user agent of every call through the registry's protocol (ECR's document history, 2024-07-01). */
    private static final String REGISTRY = "ecr.amazonaws.com";

    /** Copies the sets. */
    public PullRules {
        prefixes = Set.copyOf(prefixes);
        ownRoles = Set.copyOf(ownRoles);
        excluded = Set.copyOf(excluded);
    }

    /** Whose pull a call is, if it is anybody's. What its images mean for each other is for {@link PullCounting}. */
    public PullDecision decide(BatchGetImage fetched) {
        return whyNot(fetched)
                .<PullDecision>map(NoPull::new)
                .orElseGet(() -> new Logged(fetched.imageIds().stream()
                        .map(id -> fetch(fetched, id))
                        .distinct()
                        .toList()));
    }

    /** A call with tag and digest asks for the tag, and says what it expects there. */
    private static Fetch fetch(BatchGetImage fetched, ImageId id) {
        CallRecord call = fetched.call();
        ImageReference image = id.tag()
                .<ImageReference>map(tag -> new Tagged(fetched.repository(), tag))
                .orElseGet(() -> new Digested(fetched.repository(), id.digest().orElseThrow()));
        return new Fetch(
                image,
                new Caller(call.principal().countedAs(), call.principal().session()),
                EventHash.of(call.eventId()),
                call.time(),
                call.userAgent().filter(REGISTRY::equals).isPresent(),
                call.errorCode());
    }

    /** Why nothing of a call counts; empty when something may. */
    private Optional<String> whyNot(BatchGetImage fetched) {
        String repository = fetched.repository().value();
        if (prefixes.stream().noneMatch(prefix -> repository.startsWith(prefix + "/"))) {
            return Optional.of(repository + " is under no cache rule");
        }
        String principal = fetched.call().principal().countedAs();
        if (principal.endsWith(SERVICE_LINKED_ROLE)) {
            return Optional.of("ECR itself made it");
        }
        if (isOwn(principal, fetched.call().envelope().account())) {
            return Optional.of("Larder made it, as " + principal);
        }
        return excluded.contains(principal) ? Optional.of(principal + " is excluded") : Optional.empty();
    }

    /** A role of the same name in another account is somebody else's. */
    private boolean isOwn(String principal, String account) {
        return principal.contains(":" + account + ":role/")
                && ownRoles.contains(principal.substring(principal.lastIndexOf('/') + 1));
    }
}
