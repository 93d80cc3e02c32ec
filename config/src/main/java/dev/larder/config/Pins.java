package dev.larder.config;

import java.util.regex.Pattern;

/**
 * {@code warm.pins}: images that are always warm. The tag has the limits of the OCI distribution specification; {@code *} in
 * it stands for any characters.
 */
final class Pins {
    private static final Pattern TAG = Pattern.compile("\\w[\\w.-]{0,127}");
    private static final Pattern TAGS = Pattern.compile("(?!.*\\*\\*\\*)[\\w*][\\w.*-]{0,127}");
    private static final Pattern TELLING = Pattern.compile(".*[A-Za-z0-9].*");
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

    private Pins() {}

    /** A reader that knows where images may come from. */
    static TextReader<String> reader(BoundUpstreams upstreams) {
        return pin -> {
            int at = pin.indexOf('@');
            String image = at < 0 ? pin : pin.substring(0, at);
            int colon = image.indexOf(':');
            String repository = colon < 0 ? image : image.substring(0, colon);
            checkRepository(repository);
            if (at >= 0) {
                checkDigest(pin.substring(at + 1));
            }
            if (at < 0) {
                checkTags(colon < 0 ? "" : image.substring(colon + 1));
            } else if (colon >= 0) {
                checkTag(image.substring(colon + 1));
            }
            Repositories.check(repository, pin.substring(repository.length()), "the pin", upstreams);
            return pin;
        };
    }

    private static void checkRepository(String repository) {
        if (repository.contains("*")) {
            throw new UnexpectedText("a repository without *: only the tag may be a pattern, as in"
                    + " docker-hub/library/nginx:1.27-*; for whatever is pulled often use warm.popular");
        }
        if (!Repositories.isName(repository)) {
            throw unexpected();
        }
    }

    private static void checkDigest(String digest) {
        if (!DIGEST.matcher(digest).matches()) {
            throw new UnexpectedText("a digest behind the @: sha256: and 64 of 0-9 and a-f");
        }
    }

    /** A tag, or a pattern of tags. */
    private static void checkTags(String tags) {
        if (!tags.contains("*")) {
            checkTag(tags);
        } else if (!TAGS.matcher(tags).matches()) {
            throw unexpected();
        } else if (!TELLING.matcher(tags).matches()) {
            throw new UnexpectedText("a pattern with a letter or digit in it, such as 1.27-*: " + tags
                    + " would warm every tag of the repository");
        }
    }

    /** A tag, and no pattern: behind it may be a digest, and a digest is that of one image. */
    private static void checkTag(String tag) {
        if (tag.contains("*")) {
            throw new UnexpectedText("a tag without * in front of the digest, which is that of one image");
        }
        if (!TAG.matcher(tag).matches()) {
            throw unexpected();
        }
    }

    private static UnexpectedText unexpected() {
        return new UnexpectedText(
                "repository:tag, such as docker-hub/library/nginx:1.27; the tag may be a pattern, as in"
                        + " 1.27-*, and @sha256:... may follow the repository or the tag");
    }
}
