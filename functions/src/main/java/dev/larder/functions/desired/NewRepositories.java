package dev.larder.functions.desired;

import dev.larder.events.image.RepositoryName;

/** Hears of repositories that have just been created. */
@FunctionalInterface
public interface NewRepositories {
    /** A cached repository is there; perhaps for the second time, perhaps gone again. */
    void created(RepositoryName repository);
}
