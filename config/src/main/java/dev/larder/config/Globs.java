package dev.larder.config;

import java.util.regex.Pattern;

/** Globs: {@code *} stands for any characters but a slash, {@code **} for any characters. */
final class Globs {
    private static final Pattern REPOSITORIES = Pattern.compile("[a-z0-9._*-]+(/[a-z0-9._*-]+)*");
    private static final Pattern IMAGES = Pattern.compile("[a-z0-9._*-]+(/[a-z0-9._*-]+)*:[\\w.*-]{1,128}");

    private Globs() {}

    static String readRepositories(String text) {
        if (text.contains("***")
                || text.length() > 256
                || !REPOSITORIES.matcher(text).matches()) {
            throw new UnexpectedText("a pattern of the upstream's repositories, such as library/* or grafana/**");
        }
        return text;
    }

    static String readImages(String text) {
        if (text.contains("***") || text.length() > 385 || !IMAGES.matcher(text).matches()) {
            throw new UnexpectedText("a pattern of repository:tag, such as **:prod-* or docker-hub/library/**:*");
        }
        return text;
    }
}
