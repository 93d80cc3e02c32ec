package dev.larder.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ecr.model.DescribeImagesResponse;
import software.amazon.awssdk.services.ecr.model.DescribeRepositoriesRequest;
import software.amazon.awssdk.services.ecr.model.DescribeRepositoriesResponse;
import software.amazon.awssdk.services.ecr.model.DescribeRepositoryCreationTemplatesRequest;
import software.amazon.awssdk.services.ecr.model.DescribeRepositoryCreationTemplatesResponse;
import software.amazon.awssdk.services.ecr.model.GetLifecyclePolicyRequest;
import software.amazon.awssdk.services.ecr.model.GetLifecyclePolicyResponse;
import software.amazon.awssdk.services.ecr.model.GetRepositoryPolicyRequest;
import software.amazon.awssdk.services.ecr.model.GetRepositoryPolicyResponse;
import software.amazon.awssdk.services.ecr.model.ImageDetail;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.ImageNotFoundException;
import software.amazon.awssdk.services.ecr.model.ImageStatus;
import software.amazon.awssdk.services.ecr.model.LifecyclePolicyNotFoundException;
import software.amazon.awssdk.services.ecr.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.ecr.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.ecr.model.Repository;
import software.amazon.awssdk.services.ecr.model.RepositoryCreationTemplate;
import software.amazon.awssdk.services.ecr.model.RepositoryNotFoundException;
import software.amazon.awssdk.services.ecr.model.RepositoryPolicyNotFoundException;
import software.amazon.awssdk.services.ecr.paginators.DescribeImagesIterable;
import software.amazon.awssdk.services.ecr.paginators.DescribeRepositoriesIterable;
import software.amazon.awssdk.services.ecr.paginators.DescribeRepositoryCreationTemplatesIterable;

/** ECR with the images that a test puts in. */
final class ToldEcr implements EcrClient {
    private final Map<String, List<ImageDetail>> images = new TreeMap<>();

    /** An image is in the cache, and was last pulled then, if ever. */
    void image(String repository, String digestDigit, @Nullable Instant pulledAt, String... tags) {
        images.computeIfAbsent(repository, name -> new ArrayList<>())
                .add(ImageDetail.builder()
                        .imageDigest("sha256:" + digestDigit.repeat(64))
                        .imageTags(tags)
                        .lastRecordedPullTime(pulledAt)
                        .build());
    }

    /** An image is in ECR's archive. */
    void archived(String repository, String digestDigit, Instant pulledAt) {
        image(repository, digestDigit, pulledAt);
        List<ImageDetail> there = Objects.requireNonNull(images.get(repository));
        there.add(
                there.removeLast().toBuilder().imageStatus(ImageStatus.ARCHIVED).build());
    }

    /** An image is in the cache with all that a decision has to know, and was never pulled. */
    void manifest(String repository, String digestDigit, Instant pushedAt, long bytes, String... tags) {
        add(repository, digestDigit, "application/vnd.oci.image.manifest.v1+json", pushedAt, bytes, tags);
    }

    /** The same of an index. */
    void index(String repository, String digestDigit, Instant pushedAt, String... tags) {
        add(repository, digestDigit, "application/vnd.oci.image.index.v1+json", pushedAt, 1, tags);
    }

    private void add(
            String repository, String digestDigit, String mediaType, Instant pushedAt, long bytes, String... tags) {
        images.computeIfAbsent(repository, name -> new ArrayList<>())
                .add(ImageDetail.builder()
                        .imageDigest("sha256:" + digestDigit.repeat(64))
                        .imageManifestMediaType(mediaType)
                        .imageTags(tags)
                        .imagePushedAt(pushedAt)
                        .imageSizeInBytes(bytes)
                        .build());
    }

    @Override
    public DescribeImagesResponse describeImages(DescribeImagesRequest request) {
        List<ImageDetail> all = images.get(request.repositoryName());
        if (all == null) {
            throw RepositoryNotFoundException.builder().message("no repository").build();
        }
        if (!request.hasImageIds()) {
            return DescribeImagesResponse.builder().imageDetails(all).build();
        }
        ImageIdentifier id = request.imageIds().getFirst();
        List<ImageDetail> found = all.stream()
                .filter(image -> image.imageDigest().equals(id.imageDigest())
                        || image.imageTags().contains(id.imageTag()))
                .toList();
        if (found.isEmpty()) {
            throw ImageNotFoundException.builder().message("no image").build();
        }
        return DescribeImagesResponse.builder().imageDetails(found).build();
    }

    @Override
    public DescribeImagesIterable describeImagesPaginator(DescribeImagesRequest request) {
        return new DescribeImagesIterable(this, request);
    }

    /** What templates there are. */
    final List<RepositoryCreationTemplate> templates = new ArrayList<>();

    @Override
    public DescribeRepositoryCreationTemplatesResponse describeRepositoryCreationTemplates(
            DescribeRepositoryCreationTemplatesRequest request) {
        return DescribeRepositoryCreationTemplatesResponse.builder()
                .repositoryCreationTemplates(templates)
                .build();
    }

    @Override
    public DescribeRepositoryCreationTemplatesIterable describeRepositoryCreationTemplatesPaginator(
            DescribeRepositoryCreationTemplatesRequest request) {
        return new DescribeRepositoryCreationTemplatesIterable(this, request);
    }

    @Override
    public ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest request) {
        return ListTagsForResourceResponse.builder().build();
    }

    @Override
    public GetLifecyclePolicyResponse getLifecyclePolicy(GetLifecyclePolicyRequest request) {
        throw LifecyclePolicyNotFoundException.builder().message("no policy").build();
    }

    @Override
    public GetRepositoryPolicyResponse getRepositoryPolicy(GetRepositoryPolicyRequest request) {
        throw RepositoryPolicyNotFoundException.builder().message("no policy").build();
    }

    @Override
    public DescribeRepositoriesResponse describeRepositories(DescribeRepositoriesRequest request) {
        return DescribeRepositoriesResponse.builder()
                .repositories(images.keySet().stream()
                        .filter(name -> !request.hasRepositoryNames()
                                || request.repositoryNames().contains(name))
                        .map(name -> Repository.builder()
                                .repositoryName(name)
                                .repositoryArn("arn:aws:ecr:eu-central-1:111122223333:repository/" + name)
                                .build())
                        .toList())
                .build();
    }

    @Override
    public DescribeRepositoriesIterable describeRepositoriesPaginator(DescribeRepositoriesRequest request) {
        return new DescribeRepositoriesIterable(this, request);
    }

    @Override
    public String serviceName() {
        return "ecr";
    }

    @Override
    public void close() {}
}
