package dev.larder.functions.registry;

import com.fasterxml.jackson.core.JacksonException;
import dev.larder.config.Registry;
import dev.larder.config.Upstream;
import dev.larder.domain.upstream.FailureKind;
import dev.larder.events.image.Digest;
import dev.larder.events.image.Tag;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import software.amazon.awssdk.http.SdkHttpMethod;

/** {@code HEAD /v2/<name>/manifests/<tag>}: what a tag points at. */
final class CheckTag {
    /** Indexes first: without them a registry may choose one platform's image for us. */
    static final String ACCEPT = String.join(
            ", ",
            "application/vnd.oci.image.index.v1+json",
            "application/vnd.docker.distribution.manifest.list.v2+json",
            "application/vnd.oci.image.manifest.v1+json",
            "application/vnd.docker.distribution.manifest.v2+json");

    static final String DIGEST = "docker-content-digest";

    /** ECR's limit for a manifest, and most registries' (ecr-facts 1.6). */
    static final int MOST_BYTES = 4 << 20;

    private final Requests requests;

    CheckTag(Requests requests) {
        this.requests = requests;
    }

    UpstreamManifest manifest(Look look, UpstreamAddress address, Tag tag) throws LookFailedException {
        try (Answer head = ask(look, address, tag, SdkHttpMethod.HEAD)) {
            Optional<String> digest = digest(head);
            if (head.status() == 200 && digest.isPresent()) {
                return told(head, read(look, digest.get()));
            }
            boolean mayHaveIt = switch (head.status()) {
                case 200, 404, 405, 501 -> true;
                default -> false;
            };
            if (mayHaveIt && isGetFree(address.upstream())) {
                return get(look, address, tag);
            }
            if (head.status() == 200) {
                throw look.failed(
                        FailureKind.BAD_ANSWER, "NoDigest", "its answer to HEAD has no Docker-Content-Digest");
            }
            throw requests.refusal(look, address, head);
        }
    }

    /** Docker Hub counts a GET as a pull and a HEAD not at all; where there is a budget, a second request is not free. */
    static boolean isGetFree(Upstream upstream) {
        return upstream.registry() != Registry.DOCKER_HUB && upstream.budget().isEmpty();
    }

    private UpstreamManifest get(Look look, UpstreamAddress address, Tag tag) throws LookFailedException {
        try (Answer answer = ask(look, address, tag, SdkHttpMethod.GET)) {
            if (answer.status() != 200) {
                throw requests.refusal(look, address, answer);
            }
            Optional<String> digest = digest(answer);
            return told(answer, digest.isPresent() ? read(look, digest.get()) : compute(look, answer));
        }
    }

    private Answer ask(Look look, UpstreamAddress address, Tag tag, SdkHttpMethod method) throws LookFailedException {
        return requests.send(look, address, method, address.manifest(tag), Map.of("Accept", ACCEPT));
    }

    private static UpstreamManifest told(Answer answer, Digest digest) {
        return new UpstreamManifest(
                digest,
                answer.header("content-type").filter(type -> !type.isEmpty()),
                answer.header("content-length")
                        .filter(text -> text.matches("[0-9]{1,9}"))
                        .map(text -> OptionalLong.of(Long.parseLong(text)))
                        .orElse(OptionalLong.empty()));
    }

    private static Optional<String> digest(Answer answer) {
        return answer.header(DIGEST).filter(text -> !text.isEmpty());
    }

    private static Digest read(Look look, String digest) throws LookFailedException {
        if (!Digest.isDigest(digest)) {
            throw look.failed(
                    FailureKind.BAD_ANSWER,
                    "BadDigest",
                    "its Docker-Content-Digest is '" + Shown.text(digest)
                            + "'; expected sha256: and 64 lower-case hex digits");
        }
        return new Digest(digest);
    }

    /** A manifest's digest is that of its bytes (OCI image specification, descriptor.md), if it is a manifest. */
    private static Digest compute(Look look, Answer answer) throws LookFailedException {
        try {
            byte[] manifest = answer.body(MOST_BYTES).readAllBytes();
            if (!JsonFields.read(manifest).containsKey("schemaVersion")) {
                throw look.failed(FailureKind.BAD_ANSWER, "NoDigest", "it sent neither a digest nor a manifest");
            }
            return new Digest("sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(manifest)));
        } catch (Answer.OversizeException e) {
            throw look.failed(FailureKind.TOO_LARGE, "ManifestTooLarge", "its manifest has " + e.getMessage());
        } catch (JacksonException | IllegalArgumentException e) {
            throw look.failed(FailureKind.BAD_ANSWER, "NoDigest", "it sent no digest, and a manifest that is no JSON");
        } catch (IOException e) {
            throw Transport.unanswered(look, answer.from(), e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
