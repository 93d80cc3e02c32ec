package dev.larder.functions.ecr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.domain.lifecycle.EvictionRule;
import dev.larder.domain.lifecycle.Guard;
import dev.larder.domain.lifecycle.Manifest;
import dev.larder.domain.lifecycle.Policy;
import dev.larder.domain.lifecycle.RepositoryPlan;
import dev.larder.domain.lifecycle.RepositoryState;
import dev.larder.domain.lifecycle.Totals;
import dev.larder.domain.lifecycle.Verdict;
import dev.larder.domain.upstream.FailureKind;
import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.RequestOverrideConfiguration;
import software.amazon.awssdk.services.ecr.model.BatchDeleteImageRequest;
import software.amazon.awssdk.services.ecr.model.BatchDeleteImageResponse;
import software.amazon.awssdk.services.ecr.model.DescribeImagesResponse;
import software.amazon.awssdk.services.ecr.model.ImageDetail;
import software.amazon.awssdk.services.ecr.model.ImageFailure;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.ImageNotFoundException;
import software.amazon.awssdk.services.ecr.model.ImageStatus;
import software.amazon.awssdk.services.ecr.model.ImageStatusFilter;
import software.amazon.awssdk.services.ecr.model.RepositoryNotFoundException;

class EcrInventoryTest {
    private static final RepositoryName NGINX = new RepositoryName("docker-hub/library/nginx");

    private final StubEcr ecr = new StubEcr();
    private final CacheInventory inventory = new EcrInventory(ecr);

    @Test
    void everyPageIsReadAndWhatEcrDoesNotSayIsAbsent() {
        ecr.describe = request -> request.nextToken() == null
                ? DescribeImagesResponse.builder()
                        .imageDetails(detail(1).toBuilder()
                                .imageTags("1.27")
                                .imageManifestMediaType("application/vnd.oci.image.index.v1+json")
                                .imageSizeInBytes(7L)
                                .imagePushedAt(Instant.EPOCH)
                                .build())
                        .nextToken("more")
                        .build()
                : DescribeImagesResponse.builder().imageDetails(detail(2)).build();
        List<Manifest> manifests = inventory.manifests(NGINX);
        assertEquals(2, manifests.size());
        assertEquals(List.of(new Tag("1.27")), manifests.getFirst().tags());
        assertEquals(Optional.empty(), manifests.getFirst().children(), "an index that nobody read yet");
        assertEquals(OptionalLong.empty(), manifests.getLast().sizeBytes());
        assertEquals(Optional.empty(), manifests.getLast().pushedAt());
        assertEquals(Optional.empty(), manifests.getLast().mediaType());
    }

    @Test
    void aRepositoryThatIsGoneIsEmpty() {
        ecr.describe = request -> {
            throw RepositoryNotFoundException.builder().message("gone").build();
        };
        assertEquals(List.of(), inventory.manifests(NGINX));
    }

    @Test
    void whenOneImageIsGoneTheOthersAreStillDescribed() {
        ecr.describe = request -> {
            if (request.imageIds().stream()
                    .anyMatch(id -> id.imageDigest().equals(digest(2).value()))) {
                throw ImageNotFoundException.builder().message("gone").build();
            }
            return DescribeImagesResponse.builder()
                    .imageDetails(ImageDetail.builder()
                            .imageDigest(request.imageIds().getFirst().imageDigest())
                            .build())
                    .build();
        };
        assertEquals(
                List.of(digest(1), digest(3)),
                inventory.manifests(NGINX, List.of(digest(1), digest(2), digest(3))).stream()
                        .map(Manifest::digest)
                        .toList());
    }

    @Test
    void aHundredAreDeletedAtATimeAndEachFailureIsReported() {
        ecr.delete = request -> BatchDeleteImageResponse.builder()
                .imageIds(request.imageIds().stream()
                        .filter(id -> !id.imageDigest().equals(digest(3).value())
                                && !id.imageDigest().equals(digest(4).value()))
                        .toList())
                .failures(request.imageIds().stream()
                        .filter(id -> id.imageDigest().equals(digest(3).value())
                                || id.imageDigest().equals(digest(4).value()))
                        .map(id -> ImageFailure.builder()
                                .imageId(id)
                                .failureCode(
                                        id.imageDigest().equals(digest(3).value())
                                                ? "ImageNotFound"
                                                : "ImageReferencedByManifestList")
                                .failureReason("why")
                                .build())
                        .toList())
                .build();
        CacheInventory.Deletion deletion = inventory.delete(
                NGINX,
                IntStream.range(0, 120).mapToObj(EcrInventoryTest::digest).toList());
        assertEquals(119, deletion.gone().size());
        assertEquals(Map.of(digest(4), "ImageReferencedByManifestList: why"), deletion.failures());
        assertEquals(
                List.of(100, 20),
                ecr.requests.stream()
                        .map(request ->
                                ((BatchDeleteImageRequest) request).imageIds().size())
                        .toList());
    }

    @Test
    void whatEcrDoesNotNameIsNotGone() {
        ecr.delete = request -> BatchDeleteImageResponse.builder()
                .imageIds(request.imageIds().getFirst().toBuilder()
                        .imageTag("1.27")
                        .build())
                .failures(
                        ImageFailure.builder()
                                .failureCode("KmsError")
                                .failureReason("no key")
                                .build(),
                        ImageFailure.builder()
                                .imageId(ImageIdentifier.builder()
                                        .imageTag("latest")
                                        .build())
                                .failureCode("ImageNotFound")
                                .build())
                .build();
        CacheInventory.Deletion deletion = inventory.delete(NGINX, List.of(digest(1), digest(2)));
        assertEquals(Set.of(digest(1)), deletion.gone());
        assertEquals(
                Map.of(
                        digest(2),
                        "ECR named it neither as deleted nor as not deleted, and of others: KmsError: no key;"
                                + " ImageNotFound"),
                deletion.failures());
    }

    @Test
    void aDeletionAndItsRetriesAreOverWithinAMinute() {
        inventory.delete(NGINX, List.of(digest(1)));
        Optional<Duration> longest = ((BatchDeleteImageRequest) ecr.requests.getFirst())
                .overrideConfiguration()
                .flatMap(RequestOverrideConfiguration::apiCallTimeout);
        assertTrue(longest.orElseThrow().compareTo(Duration.ofMinutes(1)) < 0);
    }

    @Test
    void deletingFromARepositoryThatIsGoneIsDone() {
        ecr.delete = request -> {
            throw RepositoryNotFoundException.builder().message("gone").build();
        };
        assertEquals(
                Set.of(digest(1)), inventory.delete(NGINX, List.of(digest(1))).gone());
    }

    @Test
    void whatEcrRefusesAsAWholeIsAFailureWithItsKind() {
        ecr.describe = request -> {
            throw StubEcr.failure("AccessDeniedException", "not authorized to perform ecr:DescribeImages");
        };
        CacheException e = assertThrows(CacheException.class, () -> inventory.manifests(NGINX));
        assertEquals(FailureKind.ACCESS, e.failure().kind());
    }

    @Test
    void whatIsArchivedKeepsItsRelativesAndIsNotCounted() {
        List<ImageDetail> there = List.of(
                manifest(1, "application/vnd.oci.image.index.v1+json")
                        .imageTags("1.27")
                        .imageStatus(ImageStatus.ARCHIVED)
                        .build(),
                manifest(2, "application/vnd.oci.image.manifest.v1+json").build(),
                manifest(3, "application/vnd.oci.image.manifest.v1+json")
                        .subjectManifestDigest(digest(1).value())
                        .build(),
                manifest(4, "application/vnd.oci.image.manifest.v1+json").build());
        ecr.describe = request -> DescribeImagesResponse.builder()
                .imageDetails(there.stream()
                        .filter(image -> image.imageStatus() == ImageStatus.ACTIVE
                                || (request.filter() != null
                                        && request.filter().imageStatus() == ImageStatusFilter.ANY))
                        .toList())
                .build();
        RepositoryPlan plan = plan(inventory.manifests(NGINX).stream()
                .map(manifest -> manifest.children().isPresent()
                        ? manifest
                        : manifest.withChildren(Optional.of(Set.of(digest(2)))))
                .toList());
        assertEquals(
                List.of(digest(4)),
                plan.candidates().stream().map(Manifest::digest).toList());
        assertEquals(
                List.of(Guard.UNKNOWN, Guard.LISTED, Guard.SUBJECT_STAYS),
                plan.verdicts().values().stream()
                        .flatMap(
                                verdict -> verdict instanceof Verdict.Keep keep ? Stream.of(keep.guard()) : Stream.of())
                        .toList());
        assertEquals(new Totals(3, 1, 30), Totals.of(plan));
        assertEquals(
                1,
                inventory.manifests(NGINX, List.of(digest(1))).stream()
                        .filter(manifest ->
                                manifest.archived() && manifest.digest().equals(digest(1)))
                        .count());
    }

    private static RepositoryPlan plan(List<Manifest> manifests) {
        Duration month = Duration.ofDays(30);
        return RepositoryPlan.of(
                new RepositoryState(
                        NGINX, manifests, Map.of(), Optional.of(Instant.EPOCH), List.of(), Map.of(), Optional.empty()),
                new Policy(
                        List.of("docker-hub"),
                        Set.of(),
                        List.of(),
                        List.of(new EvictionRule(EvictionRule.ALL, month, month, month, 0, false, List.of()))),
                Instant.EPOCH.plus(Duration.ofDays(90)));
    }

    private static ImageDetail.Builder manifest(int number, String mediaType) {
        return detail(number).toBuilder()
                .imageManifestMediaType(mediaType)
                .imageStatus(ImageStatus.ACTIVE)
                .imageSizeInBytes(10L)
                .imagePushedAt(Instant.EPOCH);
    }

    private static ImageDetail detail(int number) {
        return ImageDetail.builder().imageDigest(digest(number).value()).build();
    }

    private static Digest digest(int number) {
        return new Digest("sha256:" + String.format("%064x", number));
    }
}
