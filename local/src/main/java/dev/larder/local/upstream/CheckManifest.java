package dev.larder.local.upstream;

import dev.larder.events.image.Digest;
import dev.larder.local.oci.Manifest;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.Optional;

/** {@code HEAD /v2/<name>/manifests/<tag>}: which digest the tag has now. On Docker Hub this is no pull. */
final class CheckManifest {
    private final UpstreamEndpoint endpoint;

    CheckManifest(UpstreamEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /**
     * The tag's digest; empty when the upstream does not say. Some registries leave the header out, and some answer
     * HEAD with 405.
     */
    Optional<Digest> digest(String repository, String tag) throws UpstreamException {
        String action = "check the tag " + repository + ":" + tag + " at " + endpoint.base();
        HttpResponse<InputStream> answer = endpoint.send(
                action, "HEAD", repository, "manifests/" + tag, Optional.of(String.join(", ", Manifest.MEDIA_TYPES)));
        if (answer.statusCode() == 405 || answer.statusCode() == 501) {
            UpstreamTransport.discard(answer);
            return Optional.empty();
        }
        if (answer.statusCode() != 200) {
            throw endpoint.refusal(action, answer);
        }
        UpstreamTransport.discard(answer);
        return answer.headers()
                .firstValue("docker-content-digest")
                .filter(Digest::isDigest)
                .map(Digest::new);
    }
}
