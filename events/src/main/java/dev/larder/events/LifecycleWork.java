package dev.larder.events;

import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import java.time.Instant;
import java.util.List;

/**
 * A piece of a sweep: the body of a message in the queue LifecycleWork. A piece that comes twice does nothing the second
 * time.
 */
public sealed interface LifecycleWork extends Event {
    /** The {@code source} of every piece. */
    String SOURCE = "larder.lifecycle-work";

    /** The sweep's id. */
    String run();

    /** When the sweep was to start, which is part of the key that it is stored under. */
    Instant startedAt();

    /** The message body, which {@link EventParser#parse} reads back. */
    default String toJson() {
        return LifecycleWorkJson.write(this);
    }

    /**
     * Some repositories are to be read once, brought to their desired state, and planned.
     *
     * @param batch its number in the sweep, from 0
     * @param arnPrefix what is in front of the repository's name in its ARN
     */
    record Plan(String run, Instant startedAt, int batch, String arnPrefix, List<RepositoryName> repositories)
            implements LifecycleWork {
        /** Copies the list. */
        public Plan {
            repositories = List.copyOf(repositories);
        }
    }

    /** Every repository is planned: what goes in this sweep is to be selected within its limits. */
    record Select(String run, Instant startedAt) implements LifecycleWork {}

    /**
     * What was selected in one repository is to be looked at again, and deleted when the sweep enforces.
     *
     * @param batch its number in the sweep, from 0
     * @param groups each as it was selected
     */
    record Evict(String run, Instant startedAt, int batch, RepositoryName repository, List<Selected> groups)
            implements LifecycleWork {
        /** Copies the list. */
        public Evict {
            groups = List.copyOf(groups);
        }
    }

    /**
     * A group as it was selected: one that has grown since, or would go for another reason, was never weighed against the
     * limits.
     *
     * @param first names the group in its repository
     * @param images how many manifests it had
     * @param reason why it was to go, in the decision's words
     * @param quota what the quota matches for which it was to go; empty when it goes by the rules
     */
    record Selected(Digest first, int images, String reason, String quota) {}

    /**
     * A repository could not be brought to its desired state yet, since the preview of its lifecycle policy was still running,
     * somebody changed a policy meanwhile, or ECR was not ready: it is to be looked at again. It belongs to the repository: the
     * sweep that sent it may be over, and when the repository was just created there is none.
     *
     * @param look its number, from 1
     * @param runningAt when the preview was last seen running; {@link #NEVER} when it was not
     */
    record Reconcile(String run, Instant startedAt, RepositoryName repository, int look, Instant runningAt)
            implements LifecycleWork {
        /** No preview was seen running. */
        public static final Instant NEVER = Instant.EPOCH;
    }
}
