package dev.larder.config;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code url} of an upstream: only where the registry has no host of its own. */
final class Urls {
    /** Names of Azure registries: 5 to 50 letters and digits, per Azure's naming rules for container registries. */
    private static final Pattern AZURE = Pattern.compile("[a-z0-9]{5,50}\\.azurecr\\.io");

    private static final Pattern CUSTOM =
            Pattern.compile("https?://([a-zA-Z0-9.-]{1,253}|\\[[0-9a-f:]+])(?::([0-9]{1,5}))?");

    private Urls() {}

    static Optional<String> bind(Section upstream, Registry registry) {
        if (registry.host().isPresent()) {
            upstream.get("url")
                    .ifPresent(entry -> entry.expected("no url: " + registry.id() + " is always "
                            + registry.host().orElseThrow()));
            return registry.host();
        }
        TextReader<String> reader = registry == Registry.AZURE ? Urls::azure : Urls::custom;
        String expected = registry == Registry.AZURE
                ? "the registry's host, <name>.azurecr.io"
                : "the registry's URL, for instance http://127.0.0.1:5001";
        return upstream.require("url", expected).flatMap(entry -> entry.text(reader));
    }

    private static String azure(String text) {
        if (!AZURE.matcher(text).matches()) {
            throw new UnexpectedText(
                    "the registry's host, <name>.azurecr.io, with a name of 5 to 50 letters and digits");
        }
        return text;
    }

    private static String custom(String text) {
        Matcher matcher = CUSTOM.matcher(text);
        boolean wellFormed = matcher.matches();
        if (!wellFormed || (matcher.group(2) != null && Integer.parseInt(matcher.group(2)) > 65_535)) {
            throw new UnexpectedText("http:// or https://, a host and perhaps a port, without a path");
        }
        return text;
    }
}
