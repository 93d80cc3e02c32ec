package dev.larder.local.upstream;

import dev.larder.local.oci.Descriptor;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.Optional;

/** {@code GET /v2/<name>/blobs/<digest>}. */
final class FetchBlob {
    private final UpstreamEndpoint endpoint;

    FetchBlob(UpstreamEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** The blob's bytes, still to be checked against its digest by whoever keeps them. */
    InputStream open(String repository, Descriptor blob) throws UpstreamException {
        String action = "get the blob " + blob.digest() + " of " + repository + " from " + endpoint.base();
        HttpResponse<InputStream> answer =
                endpoint.send(action, "GET", repository, "blobs/" + blob.digest(), Optional.empty());
        if (answer.statusCode() != 200) {
            throw endpoint.refusal(action, answer);
        }
        return new UpstreamBody(action, answer.body(), endpoint.limits().stall());
    }
}
