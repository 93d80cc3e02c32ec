package dev.larder.events.image;

import java.util.regex.Pattern;

/**
 * The name of an ECR repository, namespaces included: {@code docker-hub/library/nginx}. 2 to 256 characters, the
 * pattern of {@code RepositoryName} in ECR's API model.
 */
public record RepositoryName(String value) implements Comparable<RepositoryName> {
    private static final Pattern NAME =
            Pattern.compile("(?:[a-z0-9]+(?:[._-]+[a-z0-9]+)*/)*[a-z0-9]+(?:[._-]+[a-z0-9]+)*");

    /** @throws IllegalArgumentException when ECR could not have a repository of this name */
    public RepositoryName {
        if (value.length() < 2 || value.length() > 256 || !NAME.matcher(value).matches()) {
            throw new IllegalArgumentException("not a repository name: '" + value
                    + "'; expected 2 to 256 characters: lower-case words joined by . _ - and separated by /");
        }
    }

    @Override
    public int compareTo(RepositoryName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
