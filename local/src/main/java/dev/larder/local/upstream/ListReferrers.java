package dev.larder.local.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.larder.events.image.Digest;
import dev.larder.local.oci.Manifest;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code GET /v2/<name>/referrers/<digest>} (distribution specification 1.1): what refers to a manifest. An upstream that
 * does not know the call has none here: tags that stand in for it ({@code sha256-<hex>}) are tags like others.
 */
final class ListReferrers {
    private static final JsonMapper JSON = new JsonMapper();

    private final UpstreamEndpoint endpoint;

    ListReferrers(UpstreamEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    List<Digest> of(String repository, Digest subject) throws UpstreamException {
        String action = "list what refers to " + repository + "@" + subject + " at " + endpoint.base();
        HttpResponse<InputStream> answer =
                endpoint.send(action, "GET", repository, "referrers/" + subject, Optional.of(Manifest.OCI_INDEX));
        if (answer.statusCode() == 404) {
            UpstreamTransport.discard(answer);
            return List.of();
        }
        if (answer.statusCode() != 200) {
            throw endpoint.refusal(action, answer);
        }
        List<Digest> referrers = new ArrayList<>();
        for (JsonNode listed : read(action, answer).path("manifests")) {
            String digest = listed.path("digest").asText();
            if (Digest.isDigest(digest)) {
                referrers.add(new Digest(digest));
            }
        }
        return referrers;
    }

    private JsonNode read(String action, HttpResponse<InputStream> answer) throws UpstreamException {
        int most = endpoint.limits().manifestBytes();
        try (InputStream body =
                new UpstreamBody(action, answer.body(), endpoint.limits().stall())) {
            return JSON.readTree(body.readNBytes(most));
        } catch (UpstreamException e) {
            throw e;
        } catch (IOException e) {
            throw UpstreamException.because(
                    UpstreamFailure.UNAVAILABLE, action, "what it sent is no index: " + e.getMessage());
        }
    }
}
