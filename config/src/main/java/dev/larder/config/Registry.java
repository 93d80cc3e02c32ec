package dev.larder.config;

import java.util.Optional;

/** The registries that ECR can cache ({@code UpstreamRegistry} in its API), and {@code custom} for the local cloud. */
public enum Registry {
    DOCKER_HUB("docker-hub", "registry-1.docker.io", true),
    ECR_PUBLIC("ecr-public", "public.ecr.aws", false),
    KUBERNETES("k8s", "registry.k8s.io", false),
    QUAY("quay", "quay.io", false),
    GITHUB("github-container-registry", "ghcr.io", true),
    GITLAB("gitlab-container-registry", "registry.gitlab.com", true),
    AZURE("azure-container-registry", null, true),
    CHAINGUARD("chainguard", "cgr.dev", true),
    CUSTOM("custom", null, false);

    private final String id;
    private final Optional<String> host;
    private final boolean needsCredentials;

    Registry(String id, @org.jspecify.annotations.Nullable String host, boolean needsCredentials) {
        this.id = id;
        this.host = Optional.ofNullable(host);
        this.needsCredentials = needsCredentials;
    }

    /** The name in the file and in ECR's API. */
    public String id() {
        return id;
    }

    /** The registry's one host; empty when the file must give a {@code url}. */
    public Optional<String> host() {
        return host;
    }

    /** Whether ECR wants a secret for a rule to this registry. */
    public boolean needsCredentials() {
        return needsCredentials;
    }
}
