package dev.larder.config;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * {@code warm.pins}: images that are always warm. The repository has ECR's limits ({@code RepositoryName} in its API
 * model), the tag those of the OCI distribution specification.
 */
final class Pins {
    private static final Pattern REPOSITORY =
            Pattern.compile("(?:[a-z0-9]+(?:[._-]+[a-z0-9]+)*/)*[a-z0-9]+(?:[._-]+[a-z0-9]+)*");
    private static final Pattern TAG = Pattern.compile("\\w[\\w.-]{0,127}");
    private static final int LONGEST_REPOSITORY = 256;

    private Pins() {}

    /** A reader that knows where images may come from. */
    static TextReader<String> reader(BoundUpstreams upstreams) {
        return pin -> {
            checkShape(pin);
            String repository = pin.substring(0, pin.indexOf(':'));
            String prefix = upstreams.prefixOf(repository).orElseThrow(() -> outside(upstreams.prefixes()));
            upstreams.get(prefix).ifPresent(upstream -> checkUpstream(pin, repository, upstream));
            return pin;
        };
    }

    private static void checkShape(String pin) {
        if (pin.contains("@")) {
            throw new UnexpectedText("repository:tag; a first pull by digest does not make ECR import the image"
                    + " (aws/containers-roadmap#2837), so Larder cannot keep a digest warm: pin the tag");
        }
        int colon = pin.indexOf(':');
        boolean wellFormed = colon > 0
                && colon <= LONGEST_REPOSITORY
                && REPOSITORY.matcher(pin.substring(0, colon)).matches()
                && TAG.matcher(pin.substring(colon + 1)).matches();
        if (!wellFormed) {
            throw new UnexpectedText("repository:tag, such as docker-hub/library/nginx:1.27");
        }
    }

    private static UnexpectedText outside(Collection<String> prefixes) {
        List<String> places = prefixes.stream().map(prefix -> prefix + "/").toList();
        return new UnexpectedText("an image under the prefix of an upstream: " + String.join(", ", places));
    }

    private static void checkUpstream(String pin, String repository, Upstream upstream) {
        String inside = repository.substring(upstream.prefix().length() + 1);
        if (upstream.registry() == Registry.DOCKER_HUB && !inside.contains("/")) {
            throw new UnexpectedText(upstream.prefix() + "/library/"
                    + pin.substring(upstream.prefix().length() + 1)
                    + ": Docker Hub's official images are under library/, and ECR answers 403 without it");
        }
        Optional<String> allowing = upstream.allow().stream()
                .filter(glob -> Globs.matches(glob, inside))
                .findFirst();
        if (!upstream.allow().isEmpty() && allowing.isEmpty()) {
            throw new UnexpectedText("an image that upstreams." + upstream.prefix() + ".allow lets in: add "
                    + Shown.quoted(inside) + " there, or remove the pin");
        }
    }
}
