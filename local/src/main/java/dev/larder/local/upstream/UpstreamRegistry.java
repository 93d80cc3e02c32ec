package dev.larder.local.upstream;

import dev.larder.domain.upstream.ReportedLimit;
import dev.larder.events.image.Digest;
import dev.larder.local.oci.Descriptor;
import dev.larder.local.oci.Manifest;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * One upstream, read over the OCI distribution API (specification 1.1; token flow of the distribution project). Every
 * failure is an {@link UpstreamException}. Safe for many threads.
 */
public final class UpstreamRegistry {
    private final UpstreamEndpoint endpoint;

    private UpstreamRegistry(UpstreamEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /**
     * An upstream by its URL; nothing is sent yet.
     *
     * @param url a host such as {@code quay.io} (https is meant), or a URL with its scheme
     */
    public static UpstreamRegistry at(String url, Optional<UpstreamCredentials> credentials, UpstreamLimits limits)
            throws UpstreamException {
        return new UpstreamRegistry(
                new UpstreamEndpoint(UpstreamEndpoint.base(url), credentials, new UpstreamTransport(limits)));
    }

    /**
     * The manifest or index, whose digest has been checked.
     *
     * @param reference a tag or a digest
     */
    public Manifest manifest(String repository, String reference) throws UpstreamException {
        return new FetchManifest(endpoint).get(repository, reference);
    }

    /** The digest that the tag has now; empty when the upstream has the tag and does not say. */
    public Optional<Digest> digest(String repository, String tag) throws UpstreamException {
        return new CheckManifest(endpoint).digest(repository, tag);
    }

    /** What refers to a manifest; empty as well when the upstream does not know the call. */
    public List<Digest> referrers(String repository, Digest subject) throws UpstreamException {
        return new ListReferrers(endpoint).of(repository, subject);
    }

    /** The bytes of a blob, not yet checked. The caller closes them; a failed read is an {@link UpstreamException}. */
    public InputStream blob(String repository, Descriptor blob) throws UpstreamException {
        return new FetchBlob(endpoint).open(repository, blob);
    }

    /** Asks for {@code /v2/}: whether this is a registry that takes the credentials. */
    public void probe() throws UpstreamException {
        endpoint.probe();
    }

    /** What the upstream last said of its pull limit. */
    public Optional<ReportedLimit> rateLimit() {
        return endpoint.rateLimit();
    }
}
