package dev.larder.local.upstream;

import dev.larder.events.image.Digest;
import dev.larder.local.oci.InvalidManifestException;
import dev.larder.local.oci.Manifest;
import dev.larder.local.oci.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** {@code GET /v2/<name>/manifests/<reference>}. On Docker Hub this counts as a pull. */
final class FetchManifest {
    private final UpstreamEndpoint endpoint;

    FetchManifest(UpstreamEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /**
     * The manifest, its digest right.
     *
     * @param reference a tag, or the digest that the manifest must have
     */
    Manifest get(String repository, String reference) throws UpstreamException {
        String action = "get the manifest " + repository + (Digest.isDigest(reference) ? "@" : ":") + reference
                + " from " + endpoint.base();
        HttpResponse<InputStream> answer = endpoint.send(
                action,
                "GET",
                repository,
                "manifests/" + reference,
                Optional.of(String.join(", ", Manifest.MEDIA_TYPES)));
        if (answer.statusCode() != 200) {
            throw endpoint.refusal(action, answer);
        }
        byte[] bytes = read(action, answer);
        Digest found = Sha256.of(bytes);
        // a tag's digest is only as good as the header says; a mirror that rewrites manifests forgets it sometimes
        String promised = Digest.isDigest(reference)
                ? reference
                : answer.headers().firstValue("docker-content-digest").orElse(found.value());
        if (!promised.equals(found.value())) {
            throw garbage(action, "its bytes have the digest " + found + " instead of " + promised, null);
        }
        return parse(action, bytes, mediaType(answer));
    }

    private byte[] read(String action, HttpResponse<InputStream> answer) throws UpstreamException {
        int most = endpoint.limits().manifestBytes();
        try (InputStream body =
                new UpstreamBody(action, answer.body(), endpoint.limits().stall())) {
            byte[] bytes = body.readNBytes(most + 1);
            if (bytes.length > most) {
                throw garbage(action, "it is larger than " + most + " bytes, the most that ECR takes", null);
            }
            return bytes;
        } catch (UpstreamException e) {
            throw e;
        } catch (IOException e) {
            throw garbage(action, "it cannot be read (" + e.getMessage() + ")", e);
        }
    }

    private static Manifest parse(String action, byte[] bytes, String mediaType) throws UpstreamException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return Manifest.parse(text, mediaType);
        } catch (CharacterCodingException e) {
            throw garbage(action, "it is not UTF-8", e);
        } catch (InvalidManifestException e) {
            throw garbage(action, String.valueOf(e.getMessage()), e);
        }
    }

    private static String mediaType(HttpResponse<?> answer) {
        String header = answer.headers().firstValue("content-type").orElse("");
        int parameters = header.indexOf(';');
        return (parameters < 0 ? header : header.substring(0, parameters)).strip();
    }

    private static UpstreamException garbage(
            String action, String finding, @org.jspecify.annotations.Nullable Throwable cause) {
        return new UpstreamException(
                UpstreamFailure.UNAVAILABLE,
                "could not " + action + ": what the upstream sent is no manifest to keep: " + finding
                        + "; check that the URL is a registry's and push the image there again",
                cause);
    }
}
