package dev.larder.functions.ecr;

import dev.larder.domain.lifecycle.Manifest;
import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.BatchDeleteImageResponse;
import software.amazon.awssdk.services.ecr.model.DescribeImagesFilter;
import software.amazon.awssdk.services.ecr.model.ImageDetail;
import software.amazon.awssdk.services.ecr.model.ImageFailure;
import software.amazon.awssdk.services.ecr.model.ImageFailureCode;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.ImageNotFoundException;
import software.amazon.awssdk.services.ecr.model.ImageStatus;
import software.amazon.awssdk.services.ecr.model.ImageStatusFilter;
import software.amazon.awssdk.services.ecr.model.RepositoryNotFoundException;

/** {@link CacheInventory} of ECR. */
public final class EcrInventory implements CacheInventory {
    /** The most that a page may have (ECR's API model). */
    private static final int PAGE = 1000;

    /** With all its retries: the switch is read before each call, and off it stops deletions within a minute. */
    private static final Duration LONGEST_DELETION = Duration.ofSeconds(45);

    /** Without it ECR describes those alone that are not in its archive. */
    private static final DescribeImagesFilter EVERY =
            DescribeImagesFilter.builder().imageStatus(ImageStatusFilter.ANY).build();

    private final EcrClient client;

    /** @param client of ECR's API */
    public EcrInventory(EcrClient client) {
        this.client = client;
    }

    @Override
    public Stream<Repository> repositories() {
        return client.describeRepositoriesPaginator(describe -> describe.maxResults(PAGE)).repositories().stream()
                .map(EcrInventory::repository);
    }

    static Repository repository(software.amazon.awssdk.services.ecr.model.Repository described) {
        return new Repository(new RepositoryName(described.repositoryName()), RepositoryDescription.of(described));
    }

    @Override
    public List<Manifest> manifests(RepositoryName repository) {
        return EcrCalls.call("list the images of " + repository, () -> {
            try {
                return client
                        .describeImagesPaginator(describe -> describe.repositoryName(repository.value())
                                .filter(EVERY)
                                .maxResults(PAGE))
                        .imageDetails()
                        .stream()
                        .map(image -> manifest(repository, image))
                        .toList();
            } catch (RepositoryNotFoundException gone) {
                return List.of();
            }
        });
    }

    @Override
    public List<Manifest> manifests(RepositoryName repository, List<Digest> digests) {
        List<Manifest> found = new ArrayList<>();
        for (List<Digest> chunk : EcrCalls.chunks(digests)) {
            found.addAll(describe(repository, chunk));
        }
        return found;
    }

    /** DescribeImages fails as a whole when one of the images is gone: then they are asked for one by one. */
    private List<Manifest> describe(RepositoryName repository, List<Digest> digests) {
        return EcrCalls.call("describe " + digests.size() + " images of " + repository, () -> {
            try {
                return client
                        .describeImages(describe -> describe.repositoryName(repository.value())
                                .filter(EVERY)
                                .imageIds(ids(digests)))
                        .imageDetails()
                        .stream()
                        .map(image -> manifest(repository, image))
                        .toList();
            } catch (RepositoryNotFoundException gone) {
                return List.of();
            } catch (ImageNotFoundException gone) {
                return digests.size() == 1
                        ? List.of()
                        : digests.stream()
                                .flatMap(digest -> describe(repository, List.of(digest)).stream())
                                .toList();
            }
        });
    }

    private static Manifest manifest(RepositoryName repository, ImageDetail image) {
        Optional<String> mediaType = Optional.ofNullable(image.imageManifestMediaType());
        boolean isIndex = mediaType.filter(Manifest::isIndex).isPresent();
        return new Manifest(
                repository,
                new Digest(image.imageDigest()),
                image.imageTags().stream().map(Tag::new).toList(),
                mediaType,
                image.imageSizeInBytes() == null ? OptionalLong.empty() : OptionalLong.of(image.imageSizeInBytes()),
                Optional.ofNullable(image.imagePushedAt()),
                Optional.ofNullable(image.lastRecordedPullTime()),
                Optional.ofNullable(image.subjectManifestDigest()).map(Digest::new),
                isIndex ? Optional.empty() : Optional.of(Set.of()),
                image.imageStatus() != null && image.imageStatus() != ImageStatus.ACTIVE);
    }

    @Override
    public Deletion delete(RepositoryName repository, List<Digest> digests) {
        Set<Digest> gone = new HashSet<>();
        Map<Digest, String> failures = new HashMap<>();
        for (List<Digest> chunk : EcrCalls.chunks(digests)) {
            Optional<BatchDeleteImageResponse> answer =
                    EcrCalls.call("delete " + chunk.size() + " images of " + repository, () -> {
                        try {
                            return Optional.of(client.batchDeleteImage(delete -> delete.repositoryName(
                                            repository.value())
                                    .imageIds(ids(chunk))
                                    .overrideConfiguration(override -> override.apiCallTimeout(LONGEST_DELETION))));
                        } catch (RepositoryNotFoundException repositoryGone) {
                            return Optional.empty();
                        }
                    });
            answer.ifPresentOrElse(said -> sort(chunk, said, gone, failures), () -> gone.addAll(chunk));
        }
        return new Deletion(gone, failures);
    }

    /** Only what ECR says of an image counts: what it does not name may still be there. */
    private static void sort(
            List<Digest> asked, BatchDeleteImageResponse said, Set<Digest> gone, Map<Digest, String> failures) {
        Set<String> deleted = new HashSet<>();
        said.imageIds().forEach(id -> deleted.add(id.imageDigest()));
        Map<String, String> refused = new HashMap<>();
        List<String> ofOthers = new ArrayList<>();
        for (ImageFailure failure : said.failures()) {
            String digest = failure.imageId() == null ? null : failure.imageId().imageDigest();
            if (digest == null) {
                ofOthers.add(text(failure));
            } else if (failure.failureCode() == ImageFailureCode.IMAGE_NOT_FOUND) {
                deleted.add(digest);
            } else {
                refused.put(digest, text(failure));
            }
        }
        for (Digest digest : asked) {
            if (refused.containsKey(digest.value())) {
                failures.put(digest, refused.get(digest.value()));
            } else if (deleted.contains(digest.value())) {
                gone.add(digest);
            } else {
                failures.put(
                        digest,
                        "ECR named it neither as deleted nor as not deleted"
                                + (ofOthers.isEmpty() ? "" : ", and of others: " + String.join("; ", ofOthers)));
            }
        }
    }

    private static String text(ImageFailure failure) {
        return failure.failureCodeAsString() + (failure.failureReason() == null ? "" : ": " + failure.failureReason());
    }

    private static List<ImageIdentifier> ids(List<Digest> digests) {
        return digests.stream()
                .map(digest ->
                        ImageIdentifier.builder().imageDigest(digest.value()).build())
                .toList();
    }
}
