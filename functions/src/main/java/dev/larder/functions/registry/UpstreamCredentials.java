package dev.larder.functions.registry;

import dev.larder.config.Upstream;
import java.util.Optional;

/** Gives the login of each upstream. */
public interface UpstreamCredentials {
    /**
     * The upstream's login; empty when the file names no secret for it.
     *
     * @throws CredentialsException when it names one and there is no login in it
     */
    Optional<Login> of(Upstream upstream) throws CredentialsException;
}
