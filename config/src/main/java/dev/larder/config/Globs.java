package dev.larder.config;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
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

    /** Whether it is a glob over {@code repository:tag}. */
    static boolean isOfImages(String text) {
        return isGlob(text, IMAGES);
    }

    /** Whether it is a glob over repositories' names. */
    static boolean isOfRepositories(String text) {
        return isGlob(text, REPOSITORIES);
    }

    private static boolean isGlob(String text, Pattern shape) {
        return text.length() <= LONGEST
                && !text.contains("***")
                && shape.matcher(text).matches();
    }

    /** Whether the glob stands for the whole text; in time proportional to both lengths. */
    static boolean matches(String glob, String text) {
        return steps(glob, text).getLast().get(text.length());
    }

    /** Whether the glob stands for any text that starts like this and goes on. */
    static boolean reaches(String glob, String start) {
        List<BitSet> steps = steps(glob, start);
        for (int i = 0; i <= glob.length(); i++) {
            boolean before = steps.get(i).get(start.length());
            // what is left of the glob must stand for at least one character
            if (before && (i < glob.length() || (i > 0 && glob.charAt(i - 1) == '*'))) {
                return true;
            }
        }
        return false;
    }

    /** How far into the text each beginning of the glob may reach. */
    private static List<BitSet> steps(String glob, String text) {
        List<BitSet> steps = new ArrayList<>();
        BitSet reached = new BitSet(text.length() + 1);
        reached.set(0);
        steps.add(reached);
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
            steps.add(reached);
            if (twoStars) {
                i++;
                steps.add(reached);
            }
        }
        return steps;
    }
}
