package dev.larder.config;

import java.util.regex.Pattern;

/**
 * Names of the secrets that ECR reads for an upstream: they start with {@code ecr-pullthroughcache/}. Source: the
 * pattern of {@code CredentialArn} in ECR's API model.
 */
final class SecretNames {
    static final String START = "ecr-pullthroughcache/";

    private static final Pattern REST = Pattern.compile("[a-zA-Z0-9/_+=.@-]+");

    /** Secrets Manager's limit for a name, {@code CreateSecret} in its API. */
    private static final int LONGEST = 512;

    private SecretNames() {}

    static String read(String text) {
        if (!text.startsWith(START)) {
            throw new UnexpectedText("the name of a secret that starts with " + START);
        }
        if (!REST.matcher(text.substring(START.length())).matches()) {
            throw new UnexpectedText(START + " and then letters, digits and / _ + = . @ -");
        }
        if (text.length() > LONGEST) {
            throw new UnexpectedText("a name of at most " + LONGEST + " characters");
        }
        return text;
    }

    static String withStart(String rest) {
        return START + rest;
    }

    static String withoutStart(String name) {
        if (!name.startsWith(START)) {
            throw new IllegalArgumentException("could not write the secret's name '" + name + "': expected " + START);
        }
        return name.substring(START.length());
    }
}
