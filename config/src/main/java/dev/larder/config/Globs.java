package dev.larder.config;

import java.util.BitSet;
import java.util.regex.Pattern;

/**
 * Globs: {@code *} stands for any characters but a slash, {@code **} for any characters, both also for none. Everything else
 * stands for itself, and the glob for the whole text: a repository, or {@code repository:tag} (docs/glossary.md).
 */
final class Globs {
    private static final Pattern REPOSITORIES = Pattern.compile("[a-z0-9._*-]+(/[a-z0-9._*-]+)*");
    private static final Pattern IMAGES = Pattern.compile("[a-z0-9._*-]+(/[a-z0-9._*-]+)*:[\\w.*-]{1,128}");

    /** A repository's name, a colon and a tag. */
    private static final int LONGEST = 256 + 1 + 128;

    private Globs() {}

    static String readRepositories(String text) {
        if (!isGlob(text, REPOSITORIES)) {
            throw new UnexpectedText("a pattern of the upstream's repositories, such as library/* or grafana/**");
        }
        return text;
    }

    static String readImages(String text) {
        if (!isGlob(text, IMAGES)) {
            throw new UnexpectedText("a pattern of repository:tag, such as **:prod-* or docker-hub/library/**:*");
        }
        return text;
    }

    private static boolean isGlob(String text, Pattern shape) {
        return text.length() <= LONGEST
                && !text.contains("***")
                && shape.matcher(text).matches();
    }

    /** Whether the glob stands for the whole text; in time proportional to both lengths. */
    static boolean matches(String glob, String text) {
        BitSet reached = new BitSet(text.length() + 1);
        reached.set(0);
        for (int i = 0; i < glob.length(); i++) {
            boolean star = glob.charAt(i) == '*';
            boolean twoStars = star && i + 1 < glob.length() && glob.charAt(i + 1) == '*';
            BitSet next = new BitSet(text.length() + 1);
            for (int at = 0; at <= text.length(); at++) {
                boolean after = at > 0
                        && (star
                                ? next.get(at - 1) && (twoStars || text.charAt(at - 1) != '/')
                                : reached.get(at - 1) && text.charAt(at - 1) == glob.charAt(i));
                next.set(at, after || (star && reached.get(at)));
            }
            reached = next;
            i += twoStars ? 1 : 0;
        }
        return reached.get(text.length());
    }
}
