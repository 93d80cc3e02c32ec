package dev.larder.local.oci;

import dev.larder.events.image.Digest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 as the OCI specifications use it. */
public final class Sha256 {
    private Sha256() {}

    /** The digest of bytes at hand. */
    public static Digest of(byte[] content) {
        return digest(messageDigest().digest(content));
    }

    /** A new computation; every JRE has this algorithm. */
    public static MessageDigest messageDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no SHA-256", e);
        }
    }

    /** The digest of a finished computation. */
    public static Digest digest(byte[] hash) {
        return new Digest("sha256:" + HexFormat.of().formatHex(hash));
    }
}
