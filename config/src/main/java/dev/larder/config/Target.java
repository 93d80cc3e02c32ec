package dev.larder.config;

/** What a configuration is read for. */
public enum Target {
    /** AWS accounts, by a deploy: only registries that ECR can cache. */
    ACCOUNT,
    /** The local cloud: also {@link Registry#CUSTOM} upstreams. */
    LOCAL
}
