package dev.larder.config;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Repositories of the cache as the file names them: an upstream's prefix and the repository there, within ECR's limits
 * ({@code RepositoryName} in its API model).
 */
final class Repositories {
    static final String EXPECTED = "a repository with its upstream's prefix, such as docker-hub/library/postgres";

    private static final Pattern NAME =
            Pattern.compile("(?:[a-z0-9]+(?:[._-]+[a-z0-9]+)*/)*[a-z0-9]+(?:[._-]+[a-z0-9]+)*");
    private static final int LONGEST = 256;

    private Repositories() {}

    static boolean isName(String text) {
        return text.length() <= LONGEST && NAME.matcher(text).matches();
    }

    /** A reader of a repository that an upstream of the file has. */
    static TextReader<String> reader(BoundUpstreams upstreams) {
        return text -> {
            if (!isName(text)) {
                throw new UnexpectedText(EXPECTED);
            }
            check(text, "", "the image", upstreams);
            return text;
        };
    }

    /**
     * Checks that an upstream of the file has the repository, and lets it in.
     *
     * @param suffix what the file has behind the repository
     * @param what names it in a problem
     */
    static void check(String repository, String suffix, String what, BoundUpstreams upstreams) {
        String prefix = upstreams.prefixOf(repository).orElseThrow(() -> outside("an image", upstreams));
        upstreams.get(prefix).ifPresent(upstream -> checkUpstream(repository, suffix, what, upstream));
    }

    static UnexpectedText outside(String what, BoundUpstreams upstreams) {
        return new UnexpectedText(what + " under the prefix of an upstream: "
                + String.join(
                        ", ",
                        upstreams.prefixes().stream()
                                .map(prefix -> prefix + "/")
                                .toList()));
    }

    private static void checkUpstream(String repository, String suffix, String what, Upstream upstream) {
        String inside = repository.substring(upstream.prefix().length() + 1);
        if (upstream.registry() == Registry.DOCKER_HUB && !inside.contains("/")) {
            throw new UnexpectedText(upstream.prefix() + "/library/" + inside + suffix
                    + ": Docker Hub's official images are under library/, and ECR answers 403 without it");
        }
        Optional<String> allowing = upstream.allow().stream()
                .filter(glob -> Globs.matches(glob, inside))
                .findFirst();
        if (!upstream.allow().isEmpty() && allowing.isEmpty()) {
            throw new UnexpectedText("an image that upstreams." + upstream.prefix() + ".allow lets in: add "
                    + Shown.quoted(inside) + " there, or remove " + what);
        }
    }
}
