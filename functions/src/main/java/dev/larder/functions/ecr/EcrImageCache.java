package dev.larder.functions.ecr;

import dev.larder.domain.upstream.Failure;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.BatchGetImageResponse;
import software.amazon.awssdk.services.ecr.model.Image;
import software.amazon.awssdk.services.ecr.model.ImageAlreadyExistsException;
import software.amazon.awssdk.services.ecr.model.ImageFailure;
import software.amazon.awssdk.services.ecr.model.ImageFailureCode;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.ImageTagAlreadyExistsException;
import software.amazon.awssdk.services.ecr.model.LayerAvailability;
import software.amazon.awssdk.services.ecr.model.ListImageReferrersResponse;
import software.amazon.awssdk.services.ecr.model.RepositoryNotFoundException;

/** {@link ImageCache} in ECR. */
public final class EcrImageCache implements ImageCache {
    /** All that can be taken apart; without a list, what ECR answers for an index is not documented (ecr-facts 6.2). */
    private static final List<String> MEDIA_TYPES = List.of(
            "application/vnd.oci.image.index.v1+json",
            "application/vnd.docker.distribution.manifest.list.v2+json",
            "application/vnd.oci.image.manifest.v1+json",
            "application/vnd.docker.distribution.manifest.v2+json");

    private final EcrClient client;

    /** @param client of ECR's API */
    public EcrImageCache(EcrClient client) {
        this.client = client;
    }

    @Override
    public Answer get(Tagged image) {
        BatchGetImageResponse answer;
        try {
            answer = EcrCalls.call("get " + image, () -> fetch(image.repository(), List.of(identifier(image.tag()))));
        } catch (CacheException e) {
            return new Answer.Refused(e.failure());
        }
        if (!answer.images().isEmpty()) {
            return new Answer.Found(read(answer.images().getFirst()));
        }
        ImageFailure failure = answer.failures().isEmpty()
                ? ImageFailure.builder()
                        .failureCode(ImageFailureCode.IMAGE_NOT_FOUND)
                        .failureReason("ECR answered with neither an image nor a failure")
                        .build()
                : answer.failures().getFirst();
        return new Answer.Refused(classify(failure));
    }

    @Override
    public Map<Digest, CachedManifest> manifests(RepositoryName repository, Collection<Digest> digests) {
        Map<Digest, CachedManifest> found = new HashMap<>();
        for (BatchGetImageResponse answer : fetch(repository, digests)) {
            withheld(answer).findFirst().ifPresent(failure -> {
                throw new CacheException("get " + repository + "@" + digest(failure), classify(failure));
            });
            answer.images().stream()
                    .map(EcrImageCache::read)
                    .forEach(manifest -> found.put(manifest.digest(), manifest));
        }
        return found;
    }

    @Override
    public Map<Digest, CachedManifest> readable(RepositoryName repository, Collection<Digest> digests) {
        Map<Digest, CachedManifest> found = new HashMap<>();
        for (BatchGetImageResponse answer : fetch(repository, digests)) {
            withheld(answer)
                    .forEach(failure -> System.out.println(
                            "could not get " + repository + "@" + digest(failure) + ": " + classify(failure)));
            answer.images().forEach(image -> {
                try {
                    CachedManifest manifest = read(image);
                    found.put(manifest.digest(), manifest);
                } catch (CacheException e) {
                    System.out.println(repository + ": " + e.getMessage());
                }
            });
        }
        return found;
    }

    /** Only of what ECR does not find is it known that it is not there: for lack of a key it may give nothing of what it has. */
    private static Stream<ImageFailure> withheld(BatchGetImageResponse answer) {
        return answer.failures().stream().filter(failure -> failure.failureCode() != ImageFailureCode.IMAGE_NOT_FOUND);
    }

    private static String digest(ImageFailure failure) {
        return failure.imageId() == null
                ? "unnamed"
                : String.valueOf(failure.imageId().imageDigest());
    }

    private static Failure classify(ImageFailure failure) {
        return Failure.classify(failure.failureCodeAsString(), String.valueOf(failure.failureReason()));
    }

    private List<BatchGetImageResponse> fetch(RepositoryName repository, Collection<Digest> digests) {
        List<BatchGetImageResponse> answers = new ArrayList<>();
        for (List<Digest> chunk : EcrCalls.chunks(digests)) {
            answers.add(EcrCalls.call(
                    "get " + chunk.size() + " manifests of " + repository,
                    () -> fetchIfThere(
                            repository,
                            chunk.stream().map(EcrImageCache::identifier).toList())));
        }
        return answers;
    }

    /** A repository comes with the first import, so that it has nothing before. */
    private BatchGetImageResponse fetchIfThere(RepositoryName repository, List<ImageIdentifier> ids) {
        try {
            return fetch(repository, ids);
        } catch (RepositoryNotFoundException notYet) {
            return BatchGetImageResponse.builder().build();
        }
    }

    private BatchGetImageResponse fetch(RepositoryName repository, List<ImageIdentifier> ids) {
        return client.batchGetImage(
                get -> get.repositoryName(repository.value()).imageIds(ids).acceptedMediaTypes(MEDIA_TYPES));
    }

    private static CachedManifest read(Image image) {
        return ManifestReader.read(
                new Digest(image.imageId().imageDigest()), image.imageManifestMediaType(), image.imageManifest());
    }

    @Override
    public Set<Digest> referrers(RepositoryName repository, Digest subject) {
        Set<Digest> referrers = new HashSet<>();
        Optional<String> next = Optional.empty();
        do {
            Optional<String> token = next;
            ListImageReferrersResponse page = EcrCalls.call(
                    "list what refers to " + repository + "@" + subject,
                    () -> client.listImageReferrers(list -> {
                        list.repositoryName(repository.value()).subjectId(id -> id.imageDigest(subject.value()));
                        token.ifPresent(list::nextToken);
                    }));
            page.referrers().forEach(referrer -> referrers.add(new Digest(referrer.digest())));
            next = Optional.ofNullable(page.nextToken());
        } while (next.isPresent());
        return referrers;
    }

    @Override
    public Set<Digest> missingBlobs(RepositoryName repository, Collection<Digest> blobs) {
        Set<Digest> missing = new HashSet<>(blobs);
        for (List<Digest> chunk : EcrCalls.chunks(Set.copyOf(blobs))) {
            EcrCalls.call(
                            "check " + chunk.size() + " layers of " + repository,
                            () -> client.batchCheckLayerAvailability(check -> check.repositoryName(repository.value())
                                    .layerDigests(
                                            chunk.stream().map(Digest::value).toList())))
                    .layers()
                    .stream()
                    .filter(layer -> layer.layerAvailability() == LayerAvailability.AVAILABLE)
                    .forEach(layer -> missing.remove(new Digest(layer.layerDigest())));
        }
        return missing;
    }

    @Override
    public void tag(RepositoryName repository, CachedManifest manifest, Tag tag) {
        EcrCalls.call("tag " + manifest.digest() + " as " + repository + ":" + tag, () -> {
            try {
                client.putImage(put -> put.repositoryName(repository.value())
                        .imageManifest(manifest.content())
                        .imageManifestMediaType(manifest.mediaType())
                        .imageTag(tag.value()));
            } catch (ImageAlreadyExistsException done) {
                return false;
            } catch (ImageTagAlreadyExistsException elsewhere) {
                throw new CacheException(
                        "tag " + manifest.digest() + " as " + repository + ":" + tag,
                        Failure.classify(
                                "ImageTagAlreadyExistsException",
                                "the tag is on another image, and tags of " + repository + " are immutable: it cannot"
                                        + " follow its upstream. Make tagMutability mutable, or except the tag"));
            }
            return true;
        });
    }

    @Override
    public void untag(Tagged image) {
        EcrCalls.call(
                        "take the tag off " + image,
                        () -> client.batchDeleteImage(delete -> delete.repositoryName(
                                        image.repository().value())
                                .imageIds(identifier(image.tag()))))
                .failures()
                .stream()
                .filter(failure -> failure.failureCode() != ImageFailureCode.IMAGE_NOT_FOUND)
                .findFirst()
                .ifPresent(failure -> {
                    throw new CacheException("take the tag off " + image, classify(failure));
                });
    }

    private static ImageIdentifier identifier(Tag tag) {
        return ImageIdentifier.builder().imageTag(tag.value()).build();
    }

    private static ImageIdentifier identifier(Digest digest) {
        return ImageIdentifier.builder().imageDigest(digest.value()).build();
    }
}
