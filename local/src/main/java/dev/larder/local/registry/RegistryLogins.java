package dev.larder.local.registry;

import dev.larder.local.aws.Caller;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;

/**
 * Who a registry client is. {@code AWS} with the password of {@code GetAuthorizationToken} is whoever asked for that
 * token, as on ECR. Two things are the local cloud's own: any other user name, with any password, is the IAM user of
 * that name, and a client without a name is the IAM user {@code anonymous}.
 */
public final class RegistryLogins {
    private static final String BASIC = "basic ";

    private final String account;
    private final Function<String, Optional<Caller>> tokens;

    /** @param tokens the caller that a token was issued to; empty when it was not issued here or has run out */
    public RegistryLogins(String account, Function<String, Optional<Caller>> tokens) {
        this.account = account;
        this.tokens = tokens;
    }

    /** Whether the header names somebody. skopeo answers a Basic challenge with an empty name when it has none. */
    static boolean isAnonymous(Optional<String> authorization) {
        return authorization.isEmpty()
                || decoded(authorization.get()).filter(pair -> pair.equals(":")).isPresent();
    }

    /**
     * The caller.
     *
     * @param authorization the header's value
     * @throws RegistryException 401 when the header is no Basic login or the token is wrong
     */
    Caller caller(Optional<String> authorization) {
        if (isAnonymous(authorization)) {
            return user("anonymous");
        }
        String pair = decoded(authorization.orElse(""))
                .orElseThrow(() -> refused("the Authorization header is no Basic login with a user name and password"));
        int colon = pair.indexOf(':');
        String name = pair.substring(0, colon);
        if (!name.equals("AWS")) {
            return user(name);
        }
        return tokens.apply(pair.substring(colon + 1))
                .orElseThrow(() -> refused("Your authorization token has expired or is wrong. Log in again with the"
                        + " password of aws ecr get-login-password."));
    }

    private Caller user(String name) {
        if (!name.matches("[\\w+=,.@-]{1,64}")) {
            throw refused("'" + name + "' can be no IAM user's name");
        }
        return new Caller(account, name, name, Optional.empty());
    }

    private static RegistryException refused(String message) {
        return new RegistryException(401, "UNAUTHORIZED", message);
    }

    private static Optional<String> decoded(String header) {
        if (!header.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return Optional.empty();
        }
        try {
            String pair = new String(
                    Base64.getDecoder().decode(header.substring(BASIC.length()).strip()), StandardCharsets.UTF_8);
            return pair.indexOf(':') < 0 ? Optional.empty() : Optional.of(pair);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
