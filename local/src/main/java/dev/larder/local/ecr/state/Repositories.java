package dev.larder.local.ecr.state;

import java.util.List;
import java.util.Optional;

/** The repositories, and what each of them has exactly one of. */
public final class Repositories {
    private final Metadata metadata;
    private final Images images;
    private final Previews previews;
    private final Uploads uploads;
    private final Table<Repository> repositories;
    private final Table<String> policies;
    private final Table<LifecycleText> lifecycles;

    Repositories(Metadata metadata, Images images, Previews previews, Uploads uploads) {
        this.metadata = metadata;
        this.images = images;
        this.previews = previews;
        this.uploads = uploads;
        repositories = metadata.table("repositories", Repository.class);
        policies = metadata.table("repositoryPolicies", String.class);
        lifecycles = metadata.table("lifecyclePolicies", LifecycleText.class);
    }

    /** A repository by its name. */
    public Optional<Repository> find(String name) {
        return metadata.read(() -> repositories.get(name));
    }

    /** The next repositories by name. */
    public Page<Repository> page(Optional<String> after, int limit) {
        return metadata.read(() -> repositories.page(after, limit, any -> true));
    }

    /** Creates or replaces a repository's settings. */
    public void put(Repository repository) {
        metadata.write(() -> repositories.put(repository, repository.name()));
    }

    /** The repository's policy document. */
    public Optional<String> policy(String name) {
        return metadata.read(() -> policies.get(name));
    }

    /** Sets the repository's policy document. */
    public void putPolicy(String name, String text) {
        metadata.write(() -> policies.put(text, name));
    }

    /** Removes the repository's policy document. */
    public void removePolicy(String name) {
        metadata.write(() -> policies.remove(name));
    }

    /** The repository's lifecycle policy. */
    public Optional<LifecycleText> lifecycle(String name) {
        return metadata.read(() -> lifecycles.get(name));
    }

    /** All repositories that have a lifecycle policy. */
    public List<LifecycleText> lifecycles() {
        return metadata.read(() -> lifecycles.all());
    }

    /** Sets the repository's lifecycle policy. */
    public void putLifecycle(LifecycleText lifecycle) {
        metadata.write(() -> lifecycles.put(lifecycle, lifecycle.repository()));
    }

    /** Removes the repository's lifecycle policy. */
    public void removeLifecycle(String name) {
        metadata.write(() -> lifecycles.remove(name));
    }

    /** Creates a repository as a template says, with its policies. */
    public Repository create(Repository repository, Optional<Template> template) {
        return metadata.write(() -> {
            put(repository);
            template.flatMap(Template::repositoryPolicy)
                    .filter(text -> !text.isEmpty())
                    .ifPresent(text -> putPolicy(repository.name(), text));
            template.flatMap(Template::lifecyclePolicy)
                    .filter(text -> !text.isEmpty())
                    .ifPresent(text -> putLifecycle(new LifecycleText(repository.name(), text, Optional.empty())));
            return repository;
        });
    }

    /** Removes a repository with all that is in it. */
    public void remove(String name) {
        metadata.write(() -> {
            images.page(name, Optional.empty(), Integer.MAX_VALUE, any -> true)
                    .items()
                    .forEach(image -> images.remove(name, image.digest()));
            previews.remove(name);
            uploads.removeAll(name);
            policies.remove(name);
            lifecycles.remove(name);
            repositories.remove(name);
        });
    }
}
