package dev.larder.functions.registry;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * Scheme, host and port of an HTTP server: where an {@code Authorization} may go.
 *
 * @param scheme {@code http} or {@code https}
 */
record Origin(String scheme, String host, int port) {
    /** Empty when it is no URL of a server: another scheme, no host, a user name in it. */
    static Optional<Origin> of(URI uri) {
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        boolean plain = scheme.equals("http");
        if ((!plain && !scheme.equals("https")) || uri.getHost() == null || uri.getRawUserInfo() != null) {
            return Optional.empty();
        }
        int port = uri.getPort() >= 0 ? uri.getPort() : plain ? 80 : 443;
        return Optional.of(new Origin(scheme, uri.getHost().toLowerCase(Locale.ROOT), port));
    }

    boolean isSecure() {
        return scheme.equals("https");
    }
}
