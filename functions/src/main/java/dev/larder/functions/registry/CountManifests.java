package dev.larder.functions.registry;

import com.fasterxml.jackson.core.JacksonException;
import dev.larder.domain.upstream.FailureKind;
import dev.larder.events.image.Digest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpMethod;

/** {@code GET /v2/<name>/manifests/<digest>}: what an import of it would fetch. */
final class CountManifests {
    private final Requests requests;

    CountManifests(Requests requests) {
        this.requests = requests;
    }

    ImportCounts of(Look look, UpstreamAddress address, Digest digest) throws LookFailedException {
        try (Answer answer = requests.send(
                look, address, SdkHttpMethod.GET, address.manifest(digest), Map.of("Accept", CheckTag.ACCEPT))) {
            if (answer.status() != 200) {
                throw requests.refusal(look, address, answer);
            }
            return counts(JsonFields.read(answer.body(CheckTag.MOST_BYTES).readAllBytes()));
        } catch (Answer.OversizeException e) {
            throw look.failed(FailureKind.TOO_LARGE, "ManifestTooLarge", "the manifest has " + e.getMessage());
        } catch (JacksonException | IllegalArgumentException e) {
            throw look.failed(FailureKind.BAD_ANSWER, "NoManifest", "it sent no manifest: " + e.getMessage());
        } catch (IOException e) {
            throw Transport.unanswered(look, address.manifest(digest), e);
        }
    }

    private static ImportCounts counts(Map<String, Object> manifest) {
        if (manifest.get("manifests") instanceof List<?> children) {
            return new ImportCounts(
                    children.stream().map(CountManifests::digest).toList(), Set.of());
        }
        if (manifest.get("layers") instanceof List<?> layers) {
            return new ImportCounts(
                    List.of(),
                    Stream.concat(Stream.of(manifest.get("config")), layers.stream())
                            .map(CountManifests::digest)
                            .collect(Collectors.toSet()));
        }
        throw new IllegalArgumentException("it has neither 'manifests' nor 'layers'");
    }

    private static Digest digest(@Nullable Object descriptor) {
        if (descriptor instanceof Map<?, ?> fields && fields.get("digest") instanceof String digest) {
            return new Digest(digest);
        }
        throw new IllegalArgumentException("a descriptor has no digest: " + descriptor);
    }
}
