package dev.larder.config;

import java.util.regex.Pattern;

/**
 * Names of the secrets that ECR reads for an upstream: they start with {@code ecr-pullthroughcache/}. Source: the
 * pattern of {@code CredentialArn} in ECR's API model.
 *
 * <p>A rule names its secret by ARN, and Secrets Manager takes an ARN that ends in a dash and six letters or digits for a
 * whole one, with the suffix that it gives to each secret. So does Larder: such a name in the file is a name with its
 * suffix. A secret whose own name ends so can only be named that way. Source: Secrets Manager's guide, "Finding a secret
 * from a partial ARN".
 */
public final class SecretNames {
    static final String START = "ecr-pullthroughcache/";

    private static final Pattern REST = Pattern.compile("[a-zA-Z0-9/_+=.@-]+");

    private static final Pattern SUFFIX = Pattern.compile("-[A-Za-z0-9]{6}$");

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

    /** Whether a name in the file has its suffix. */
    public static boolean hasSuffix(String name) {
        return SUFFIX.matcher(name).find();
    }

    /** What Secrets Manager finds the secret by when it is not given the ARN: the name without its suffix. */
    public static String withoutSuffix(String name) {
        return SUFFIX.matcher(name).replaceFirst("");
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
