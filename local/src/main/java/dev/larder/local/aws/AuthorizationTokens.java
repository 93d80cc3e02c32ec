package dev.larder.local.aws;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The tokens of {@code GetAuthorizationToken}: the user name {@code AWS} with a password that says who the caller is
 * until when, signed with this process's own key. Valid for 12 hours, as ECR's are, and until the process ends.
 */
public final class AuthorizationTokens {
    private static final String USER = "AWS";
    private static final Duration VALIDITY = Duration.ofHours(12);
    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;
    private static final int FIELDS = 5;

    private final InstantSource clock;
    private final byte[] key = new byte[KEY_BYTES];

    /** @param clock says when a token is over */
    public AuthorizationTokens(InstantSource clock) {
        this.clock = clock;
        new SecureRandom().nextBytes(key);
    }

    /** A new token for the caller. */
    public Token issue(Caller caller) {
        Instant expiresAt = clock.instant().plus(VALIDITY);
        String claims = String.join(
                "\n",
                caller.account(),
                caller.accessKeyId(),
                caller.name(),
                caller.session().orElse(""),
                expiresAt.toString());
        byte[] bytes = claims.getBytes(StandardCharsets.UTF_8);
        Base64.Encoder url = Base64.getUrlEncoder().withoutPadding();
        String password = url.encodeToString(bytes) + "." + url.encodeToString(sign(bytes));
        byte[] login = (USER + ":" + password).getBytes(StandardCharsets.UTF_8);
        return new Token(Base64.getEncoder().encodeToString(login), password, expiresAt);
    }

    /**
     * Who a password was issued to; empty when it is none of ours, or over.
     *
     * @param password what a registry client sends for the user {@code AWS}
     */
    public Optional<Caller> caller(String password) {
        try {
            int dot = password.indexOf('.');
            byte[] claims = Base64.getUrlDecoder().decode(password.substring(0, Math.max(dot, 0)));
            byte[] signature = Base64.getUrlDecoder().decode(password.substring(dot + 1));
            String[] fields = new String(claims, StandardCharsets.UTF_8).split("\n", -1);
            if (!MessageDigest.isEqual(signature, sign(claims))
                    || fields.length != FIELDS
                    || !clock.instant().isBefore(Instant.parse(fields[4]))) {
                return Optional.empty();
            }
            return Optional.of(new Caller(
                    fields[0], fields[1], fields[2], Optional.of(fields[3]).filter(session -> !session.isEmpty())));
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private byte[] sign(byte[] claims) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac.doFinal(claims);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no " + ALGORITHM, e);
        }
    }

    /**
     * A token.
     *
     * @param authorizationToken {@code AWS:password} in Base64, as the API gives it out
     * @param password what {@code docker login} sends for the user {@code AWS}
     */
    public record Token(String authorizationToken, String password, Instant expiresAt) {}
}
