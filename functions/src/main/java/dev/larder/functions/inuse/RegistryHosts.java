package dev.larder.functions.inuse;

import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The names under which clients know this registry, and what an image's name means that starts with one of them:
 * {@code ACCOUNT.dkr.ecr.REGION.amazonaws.com}, with {@code ecr-fips}, and by IPv6 {@code ACCOUNT.dkr-ecr.REGION.on.aws}
 * (ECR user guide, "Making requests to Amazon ECR registries"). The end of the host differs between AWS's partitions and
 * is not looked at: account and region say enough.
 */
public final class RegistryHosts {
    /** What clients put in front: the Docker shim of old kubelets, and people. */
    private static final Pattern SCHEME = Pattern.compile("^(?:docker-pullable|docker|https?|oci)://");

    private static final String LATEST = "latest";

    private final Pattern ecr;
    private final Set<String> others;

    /**
     * @param account the registry's, 12 digits
     * @param others further hosts of it, with their ports: the local cloud's
     */
    public RegistryHosts(String account, String region, Set<String> others) {
        this.ecr = Pattern.compile(Pattern.quote(account) + "\\.dkr[.-]ecr(?:-fips)?\\." + Pattern.quote(region)
                + "\\.[a-z0-9.-]+(?::443)?");
        this.others = Set.copyOf(others);
    }

    /**
     * Those of a cell.
     *
     * @param cell {@code account/region}
     * @throws IllegalArgumentException when it is something else
     */
    public static RegistryHosts of(String cell, Set<String> others) {
        String[] parts = cell.split("/", -1);
        if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
            throw new IllegalArgumentException("not a cell: '" + cell + "'; expected account/region");
        }
        return new RegistryHosts(parts[0], parts[1], others);
    }

    /** What an image's name turned out to be. */
    public sealed interface Named {
        /**
         * An image of this registry; by tag and by digest when it is named by both.
         *
         * @param images one or two
         */
        record Here(List<ImageReference> images) implements Named {
            /** Copies the list. */
            public Here {
                images = List.copyOf(images);
            }
        }

        /** An image of another registry, or one that is named by no registry at all. */
        record Elsewhere() implements Named {}

        /**
         * This registry's host, and no image after it.
         *
         * @param reason what was found and expected
         */
        record Broken(String reason) implements Named {}
    }

    /** Reads an image as a client names it; without a tag it is {@code latest}, as for every client. */
    public Named read(String name) {
        String image = withoutScheme(name);
        int slash = image.indexOf('/');
        if (slash < 0 || !isHere(image.substring(0, slash))) {
            return new Named.Elsewhere();
        }
        try {
            return new Named.Here(images(image.substring(slash + 1)));
        } catch (IllegalArgumentException e) {
            return new Named.Broken(String.valueOf(e.getMessage()));
        }
    }

    static String withoutScheme(String name) {
        return SCHEME.matcher(name.strip()).replaceFirst("");
    }

    private boolean isHere(String host) {
        return ecr.matcher(host).matches() || others.contains(host);
    }

    /**
     * By digest, by tag, or by both.
     *
     * @param image without its host
     * @throws IllegalArgumentException when no client could pull by it
     */
    static List<ImageReference> images(String image) {
        int at = image.indexOf('@');
        String named = at < 0 ? image : image.substring(0, at);
        int colon = named.lastIndexOf(':');
        RepositoryName repository = new RepositoryName(colon < 0 ? named : named.substring(0, colon));
        List<ImageReference> images = new ArrayList<>();
        if (at >= 0) {
            images.add(new Digested(repository, new Digest(image.substring(at + 1))));
        }
        if (colon >= 0 || at < 0) {
            images.add(new Tagged(repository, new Tag(colon < 0 ? LATEST : named.substring(colon + 1))));
        }
        return images;
    }
}
