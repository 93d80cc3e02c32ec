package dev.larder.functions.ecr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.domain.upstream.Failure;
import dev.larder.domain.upstream.FailureKind;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.Platform;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ecr.model.BatchCheckLayerAvailabilityRequest;
import software.amazon.awssdk.services.ecr.model.BatchCheckLayerAvailabilityResponse;
import software.amazon.awssdk.services.ecr.model.BatchDeleteImageResponse;
import software.amazon.awssdk.services.ecr.model.BatchGetImageRequest;
import software.amazon.awssdk.services.ecr.model.BatchGetImageResponse;
import software.amazon.awssdk.services.ecr.model.Image;
import software.amazon.awssdk.services.ecr.model.ImageAlreadyExistsException;
import software.amazon.awssdk.services.ecr.model.ImageFailure;
import software.amazon.awssdk.services.ecr.model.ImageReferrer;
import software.amazon.awssdk.services.ecr.model.ImageTagAlreadyExistsException;
import software.amazon.awssdk.services.ecr.model.Layer;
import software.amazon.awssdk.services.ecr.model.ListImageReferrersRequest;
import software.amazon.awssdk.services.ecr.model.ListImageReferrersResponse;
import software.amazon.awssdk.services.ecr.model.RepositoryNotFoundException;

class EcrImageCacheTest {
    private static final Tagged NGINX = (Tagged) ImageReference.parse("docker-hub/library/nginx:1.27");
    private static final String INDEX = "application/vnd.oci.image.index.v1+json";

    private final StubEcr ecr = new StubEcr();
    private final ImageCache cache = new EcrImageCache(ecr);

    @Test
    void anIndexIsAskedForWithAllMediaTypesAndReadWithItsPlatforms() {
        ecr.get = request -> image("""
                {"manifests":[
                  {"digest":"%s","size":1,"platform":{"os":"linux","architecture":"arm","variant":"v7"}},
                  {"digest":"%s","size":1,"platform":{"os":"unknown","architecture":"unknown"}},
                  {"digest":"%s","size":1}]}
                """.formatted(digest(1), digest(2), digest(3)));
        CachedManifest found = assertInstanceOf(ImageCache.Answer.Found.class, cache.get(NGINX))
                .manifest();
        assertEquals(
                List.of(
                        new CachedManifest.Child(digest(1), Optional.of(Platform.parse("linux/arm/v7")), false),
                        new CachedManifest.Child(digest(2), Optional.empty(), true),
                        new CachedManifest.Child(digest(3), Optional.empty(), false)),
                found.children());
        BatchGetImageRequest request = (BatchGetImageRequest) ecr.requests.getFirst();
        assertEquals(4, request.acceptedMediaTypes().size());
        assertEquals("1.27", request.imageIds().getFirst().imageTag());
    }

    @Test
    void layersThatRegistriesDoNotHoldAreLeftOut() {
        ecr.get = request -> image("""
                {"config":{"digest":"%s","size":7},"layers":[
                  {"digest":"%s","size":70,"mediaType":"application/vnd.docker.image.rootfs.foreign.diff.tar.gzip"},
                  {"digest":"%s","size":700,"mediaType":"application/vnd.docker.image.rootfs.diff.tar.gzip"}]}
                """.formatted(digest(1), digest(2), digest(3)));
        CachedManifest found = assertInstanceOf(ImageCache.Answer.Found.class, cache.get(NGINX))
                .manifest();
        assertEquals(707, found.blobBytes());
    }

    @Test
    void aFailureOfTheImageAndOneOfTheCallAreBothAnswers() {
        ecr.get = request -> BatchGetImageResponse.builder()
                .failures(ImageFailure.builder()
                        .failureCode("UpstreamTooManyRequests")
                        .failureReason("429")
                        .build())
                .build();
        assertEquals(FailureKind.UPSTREAM_LIMIT, refused());
        ecr.get = request -> {
            throw StubEcr.failure("RepositoryNotFoundException", "not yet");
        };
        assertEquals(FailureKind.INCOMPLETE, refused());
        ecr.get = request -> BatchGetImageResponse.builder().build();
        assertEquals(FailureKind.NOT_FOUND, refused());
    }

    private FailureKind refused() {
        return assertInstanceOf(ImageCache.Answer.Refused.class, cache.get(NGINX))
                .failure()
                .kind();
    }

    @Test
    void aRepositoryThatIsNotThereYetHasNoManifests() {
        ecr.get = request -> {
            throw RepositoryNotFoundException.builder().message("not yet").build();
        };
        assertEquals(Map.of(), cache.manifests(NGINX.repository(), List.of(digest(1))));
    }

    @Test
    void whatEcrDoesNotFindIsNotThere() {
        ecr.get = request -> failures("ImageNotFound");
        assertEquals(Map.of(), cache.manifests(NGINX.repository(), List.of(digest(1))));
    }

    /** {@code ImageFailureCode} of ECR's API model: who took it for gone would forget what is there. */
    @ParameterizedTest
    @CsvSource({
        "KmsError, ECR_UNAVAILABLE",
        "ImageInaccessible, ECR_UNAVAILABLE",
        "UpstreamUnavailable, UPSTREAM_UNAVAILABLE"
    })
    void whatEcrDoesNotGiveForAnotherReasonIsNotTakenForGone(String code, FailureKind kind) {
        ecr.get = request -> failures("ImageNotFound", code);
        List<Digest> asked = List.of(digest(1), digest(2));
        CacheException e = assertThrows(CacheException.class, () -> cache.manifests(NGINX.repository(), asked));
        assertEquals(kind, e.failure().kind());
        assertTrue(e.getMessage().contains(digest(2).value()), e::getMessage);
        assertEquals(Map.of(), cache.readable(NGINX.repository(), asked), "for whoever can do without");
    }

    /** The first failure is of the first digest, and so on. */
    private static BatchGetImageResponse failures(String... codes) {
        return BatchGetImageResponse.builder()
                .failures(IntStream.range(0, codes.length)
                        .mapToObj(each -> ImageFailure.builder()
                                .imageId(id -> id.imageDigest(digest(each + 1).value()))
                                .failureCode(codes[each])
                                .failureReason("so it is")
                                .build())
                        .toList())
                .build();
    }

    @Test
    void aManifestThatIsNoneIsSaidToBeSo() {
        ecr.get = request -> image("{\"manifests\":[{\"digest\":\"sha256:short\"}]}");
        CacheException e = assertThrows(CacheException.class, () -> cache.get(NGINX));
        assertEquals("UnreadableManifest", e.failure().code());
    }

    @Test
    void whoCanDoWithoutWhatIsNoneGetsTheOthers() {
        ecr.get = request -> BatchGetImageResponse.builder()
                .images(request.imageIds().stream()
                        .map(id -> Image.builder()
                                .imageId(id)
                                .imageManifest(id.imageDigest().equals(digest(2).value()) ? "none" : "{}")
                                .imageManifestMediaType(INDEX)
                                .build())
                        .toList())
                .build();
        List<Digest> asked = List.of(digest(1), digest(2), digest(3));
        assertEquals(
                Set.of(digest(1), digest(3)),
                cache.readable(NGINX.repository(), asked).keySet());
        assertThrows(CacheException.class, () -> cache.manifests(NGINX.repository(), asked));
    }

    @Test
    void whatRefersToAnImageIsListedPageByPage() {
        ecr.referrers = request -> ListImageReferrersResponse.builder()
                .referrers(ImageReferrer.builder()
                        .digest(digest(request.nextToken() == null ? 1 : 2).value())
                        .build())
                .nextToken(request.nextToken() == null ? "more" : null)
                .build();
        assertEquals(Set.of(digest(1), digest(2)), cache.referrers(NGINX.repository(), digest(9)));
        ListImageReferrersRequest request = (ListImageReferrersRequest) ecr.requests.getFirst();
        assertEquals(NGINX.repository().value(), request.repositoryName());
        assertEquals(digest(9).value(), request.subjectId().imageDigest());
    }

    @Test
    void layersAreCheckedAHundredAtATimeAndOnlyTheAvailableAreThere() {
        ecr.layers = request -> BatchCheckLayerAvailabilityResponse.builder()
                .layers(request.layerDigests().stream()
                        .map(digest -> Layer.builder()
                                .layerDigest(digest)
                                .layerAvailability(digest.equals(digest(7).value()) ? "UNAVAILABLE" : "AVAILABLE")
                                .build())
                        .toList())
                .build();
        Set<Digest> missing = cache.missingBlobs(
                NGINX.repository(),
                IntStream.range(0, 250).mapToObj(EcrImageCacheTest::digest).toList());
        assertEquals(Set.of(digest(7)), missing);
        assertEquals(
                List.of(100, 100, 50),
                ecr.requests.stream()
                        .map(request -> ((BatchCheckLayerAvailabilityRequest) request)
                                .layerDigests()
                                .size())
                        .toList());
    }

    @Test
    void aTagThatIsThereAlreadyAndOneThatIsGoneAlreadyAreFine() {
        ecr.put = request -> {
            throw ImageAlreadyExistsException.builder().message("has it").build();
        };
        ecr.delete = request -> BatchDeleteImageResponse.builder()
                .failures(ImageFailure.builder().failureCode("ImageNotFound").build())
                .build();
        cache.tag(NGINX.repository(), new CachedManifest(digest(1), INDEX, "{}", List.of(), List.of()), NGINX.tag());
        cache.untag(NGINX);
    }

    @Test
    void anImmutableTagThatIsOnAnotherImageFailsForGoodAndTheReasonSaysWhatToDo() {
        ecr.put = request -> {
            throw ImageTagAlreadyExistsException.builder()
                    .message("The image tag '1.27' already exists and cannot be overwritten")
                    .build();
        };
        CachedManifest manifest = new CachedManifest(digest(1), INDEX, "{}", List.of(), List.of());
        Failure failure = assertThrows(CacheException.class, () -> cache.tag(NGINX.repository(), manifest, NGINX.tag()))
                .failure();
        assertEquals(FailureKind.IMMUTABLE, failure.kind());
        assertFalse(failure.kind().retryable());
        assertTrue(failure.reason().contains("Make tagMutability mutable, or except the tag"), failure::reason);
    }

    @Test
    void aTagThatCannotBeTakenOffIsAFailure() {
        ecr.delete = request -> BatchDeleteImageResponse.builder()
                .failures(ImageFailure.builder()
                        .failureCode("KmsError")
                        .failureReason("no key")
                        .build())
                .build();
        assertEquals(
                "KmsError",
                assertThrows(CacheException.class, () -> cache.untag(NGINX))
                        .failure()
                        .code());
    }

    private static BatchGetImageResponse image(String manifest) {
        return BatchGetImageResponse.builder()
                .images(Image.builder()
                        .imageId(id -> id.imageDigest(digest(9).value()))
                        .imageManifest(manifest)
                        .imageManifestMediaType(INDEX)
                        .build())
                .build();
    }

    private static Digest digest(int number) {
        return new Digest("sha256:" + String.format("%064x", number));
    }
}
