package dev.larder.functions.inuse;

import dev.larder.config.Upstream;
import dev.larder.events.image.ImageReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the cache calls an image that is named by its upstream's host. Nodes whose containerd has this registry for a mirror
 * of {@code docker.io} pull {@code docker.io/library/nginx:1.27} from it, and their pods know nothing of a prefix.
 */
public final class UpstreamHosts {
    private static final String HUB = "docker.io";

    /** All of Docker Hub, whose images also go without a host, its official ones without {@code library/}. */
    private static final Set<String> HUB_HOSTS =
            Set.of(HUB, "index.docker.io", "registry-1.docker.io", "registry.hub.docker.com");

    private final Map<String, List<String>> prefixes = new HashMap<>();

    /** @param upstreams of the file; several may be of one host */
    public UpstreamHosts(List<Upstream> upstreams) {
        for (Upstream upstream : upstreams) {
            String host = upstream.url().replaceFirst("^https?://", "");
            prefixes.computeIfAbsent(isHub(host) ? HUB : host, any -> new ArrayList<>())
                    .add(upstream.prefix());
        }
    }

    private static boolean isHub(String host) {
        return HUB_HOSTS.contains(host);
    }

    /** The hosts by which images are known, sorted. */
    public List<String> names() {
        return prefixes.keySet().stream().sorted().toList();
    }

    /**
     * Reads an image as a client names it.
     *
     * @return under each prefix of its upstream, by tag and by digest when it is named by both; empty when it is of no
     *     upstream, or when no client could pull by that name
     */
    public List<ImageReference> read(String name) {
        String image = RegistryHosts.withoutScheme(name);
        int slash = image.indexOf('/');
        boolean hasHost = slash > 0 && isHost(image.substring(0, slash));
        String host = hasHost ? image.substring(0, slash) : HUB;
        String rest = hasHost ? image.substring(slash + 1) : image;
        // what containerd says of an image of which it knows no name
        if (rest.startsWith("sha256:")) {
            return List.of();
        }
        String repository = isHub(host) && !rest.contains("/") ? "library/" + rest : rest;
        return images(prefixes.getOrDefault(isHub(host) ? HUB : host, List.of()), repository);
    }

    /** As Docker and containerd tell a host from the first part of a repository (distribution/reference). */
    private static boolean isHost(String first) {
        return first.contains(".") || first.contains(":") || first.equals("localhost");
    }

    private static List<ImageReference> images(List<String> prefixes, String image) {
        try {
            return prefixes.stream()
                    .flatMap(prefix -> RegistryHosts.images(prefix + "/" + image).stream())
                    .toList();
        } catch (IllegalArgumentException noImage) {
            return List.of();
        }
    }
}
