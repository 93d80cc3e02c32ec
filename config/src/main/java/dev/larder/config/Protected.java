package dev.larder.config;

/** {@code protect}: globs over {@code repository:tag}, and without a colon over whole repositories with their prefix. */
final class Protected {
    private static final String EXPECTED =
            "a pattern of repository:tag, such as **:prod-* or docker-hub/library/**:*, or"
                    + " of whole repositories, such as docker-hub/acme/**";

    private Protected() {}

    static TextReader<String> reader(BoundUpstreams upstreams) {
        return text -> {
            if (Globs.isOfImages(text)) {
                return text;
            }
            // a tag alone, since every repository has a prefix and so a slash
            boolean isTag = !text.contains("/") && !text.contains("**");
            if (isTag || !Globs.isOfRepositories(text)) {
                throw new UnexpectedText(EXPECTED);
            }
            if (upstreams.prefixes().stream().noneMatch(prefix -> Globs.reaches(text, prefix + "/"))) {
                throw Repositories.outside("a pattern of repositories", upstreams);
            }
            return text;
        };
    }
}
