package dev.larder.functions.ecr;

import dev.larder.domain.desired.TagMutability;
import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.GetLifecyclePolicyPreviewResponse;
import software.amazon.awssdk.services.ecr.model.ImageTagMutabilityExclusionFilter;
import software.amazon.awssdk.services.ecr.model.ImageTagMutabilityExclusionFilterType;
import software.amazon.awssdk.services.ecr.model.LifecyclePolicyNotFoundException;
import software.amazon.awssdk.services.ecr.model.LifecyclePolicyPreviewInProgressException;
import software.amazon.awssdk.services.ecr.model.LifecyclePolicyPreviewNotFoundException;
import software.amazon.awssdk.services.ecr.model.LifecyclePolicyPreviewStatus;
import software.amazon.awssdk.services.ecr.model.RepositoryNotFoundException;
import software.amazon.awssdk.services.ecr.model.RepositoryPolicyNotFoundException;

/** {@link RepositorySettings} of ECR. */
public final class EcrRepositorySettings implements RepositorySettings {
    private static final int PREVIEW_PAGE = 100;

    private final EcrClient client;

    /** @param client of ECR's API */
    public EcrRepositorySettings(EcrClient client) {
        this.client = client;
    }

    @Override
    public List<Template> templates() {
        return EcrCalls.call(
                "read the repository creation templates",
                () ->
                        client
                                .describeRepositoryCreationTemplatesPaginator(describe -> {})
                                .repositoryCreationTemplates()
                                .stream()
                                .filter(template ->
                                        template.appliedForAsStrings().contains("PULL_THROUGH_CACHE"))
                                .map(EcrShapes::template)
                                .toList());
    }

    @Override
    public List<CacheInventory.Repository> describe(Collection<RepositoryName> repositories) {
        List<CacheInventory.Repository> found = new ArrayList<>();
        EcrCalls.chunks(repositories).forEach(chunk -> describe(chunk, found));
        return found;
    }

    /** DescribeRepositories fails as a whole when one of them is gone: then it is asked for each half. */
    private void describe(List<RepositoryName> names, List<CacheInventory.Repository> found) {
        boolean all =
                EcrCalls.call("describe " + names.size() + " repositories, " + names.getFirst() + " the first", () -> {
                    try {
                        client.describeRepositories(describe -> describe.repositoryNames(names.stream()
                                        .map(RepositoryName::value)
                                        .toList()))
                                .repositories()
                                .forEach(repository -> found.add(EcrInventory.repository(repository)));
                        return true;
                    } catch (RepositoryNotFoundException gone) {
                        return false;
                    }
                });
        if (!all && names.size() > 1) {
            describe(names.subList(0, names.size() / 2), found);
            describe(names.subList(names.size() / 2, names.size()), found);
        }
    }

    @Override
    public Optional<Current> read(RepositoryName repository, RepositoryDescription description) {
        return EcrCalls.call("read the settings of " + repository, () -> {
            try {
                return Optional.of(new Current(
                        description,
                        lifecycleText(repository),
                        policyText(repository),
                        EcrShapes.tags(client.listTagsForResource(list -> list.resourceArn(description.arn()))
                                .tags())));
            } catch (RepositoryNotFoundException gone) {
                return Optional.empty();
            }
        });
    }

    @Override
    public Optional<String> lifecyclePolicy(RepositoryName repository) {
        return EcrCalls.call("read the lifecycle policy of " + repository, () -> lifecycleText(repository));
    }

    @Override
    public Optional<String> repositoryPolicy(RepositoryName repository) {
        return EcrCalls.call("read the policy of " + repository, () -> policyText(repository));
    }

    private Optional<String> lifecycleText(RepositoryName name) {
        try {
            return Optional.of(client.getLifecyclePolicy(get -> get.repositoryName(name.value()))
                    .lifecyclePolicyText());
        } catch (LifecyclePolicyNotFoundException none) {
            return Optional.empty();
        }
    }

    private Optional<String> policyText(RepositoryName name) {
        try {
            return Optional.of(client.getRepositoryPolicy(get -> get.repositoryName(name.value()))
                    .policyText());
        } catch (RepositoryPolicyNotFoundException none) {
            return Optional.empty();
        }
    }

    @Override
    public void putLifecyclePolicy(RepositoryName repository, String text) {
        put(
                "set the lifecycle policy of " + repository,
                () -> client.putLifecyclePolicy(
                        put -> put.repositoryName(repository.value()).lifecyclePolicyText(text)));
    }

    @Override
    public void deleteLifecyclePolicy(RepositoryName repository) {
        put("remove the lifecycle policy of " + repository, () -> {
            try {
                client.deleteLifecyclePolicy(delete -> delete.repositoryName(repository.value()));
            } catch (LifecyclePolicyNotFoundException none) {
                // somebody else did
            }
            return true;
        });
    }

    @Override
    public void putRepositoryPolicy(RepositoryName repository, String text) {
        put(
                "set the policy of " + repository,
                () -> client.setRepositoryPolicy(
                        set -> set.repositoryName(repository.value()).policyText(text)));
    }

    @Override
    public void deleteRepositoryPolicy(RepositoryName repository) {
        put("remove the policy of " + repository, () -> {
            try {
                client.deleteRepositoryPolicy(delete -> delete.repositoryName(repository.value()));
            } catch (RepositoryPolicyNotFoundException none) {
                // somebody else did
            }
            return true;
        });
    }

    @Override
    public void addTags(String arn, Map<String, String> tags) {
        put("tag " + arn, () -> client.tagResource(tag -> tag.resourceArn(arn).tags(EcrShapes.tags(tags))));
    }

    @Override
    public void putScanOnPush(RepositoryName repository, boolean scan) {
        put(
                "set the scanning of " + repository,
                () -> client.putImageScanningConfiguration(put -> put.repositoryName(repository.value())
                        .imageScanningConfiguration(scanning -> scanning.scanOnPush(scan))));
    }

    @Override
    public void putTagMutability(RepositoryName repository, TagMutability mutability) {
        List<ImageTagMutabilityExclusionFilter> filters = mutability.exclusions().stream()
                .map(pattern -> ImageTagMutabilityExclusionFilter.builder()
                        .filterType(ImageTagMutabilityExclusionFilterType.WILDCARD)
                        .filter(pattern)
                        .build())
                .toList();
        put(
                "set the tag mutability of " + repository,
                () -> client.putImageTagMutability(put -> {
                    put.repositoryName(repository.value()).imageTagMutability(mutability.setting());
                    if (!filters.isEmpty()) {
                        put.imageTagMutabilityExclusionFilters(filters);
                    }
                }));
    }

    @Override
    public boolean startPreview(RepositoryName repository, String text) {
        return EcrCalls.call("start a preview for " + repository, () -> {
            try {
                client.startLifecyclePolicyPreview(
                        start -> start.repositoryName(repository.value()).lifecyclePolicyText(text));
                return true;
            } catch (LifecyclePolicyPreviewInProgressException another) {
                return false;
            }
        });
    }

    @Override
    public Preview preview(RepositoryName repository) {
        return EcrCalls.call("read the preview for " + repository, () -> {
            try {
                return preview(repository, page(repository, null));
            } catch (LifecyclePolicyPreviewNotFoundException none) {
                return new Preview.Broken("not found");
            }
        });
    }

    private Preview preview(RepositoryName repository, GetLifecyclePolicyPreviewResponse first) {
        if (first.status() == LifecyclePolicyPreviewStatus.IN_PROGRESS) {
            return new Preview.Running();
        }
        if (first.status() != LifecyclePolicyPreviewStatus.COMPLETE) {
            return new Preview.Broken(first.statusAsString());
        }
        Set<Digest> images = new HashSet<>();
        GetLifecyclePolicyPreviewResponse page = first;
        page.previewResults().forEach(result -> images.add(new Digest(result.imageDigest())));
        while (page.nextToken() != null) {
            page = page(repository, page.nextToken());
            page.previewResults().forEach(result -> images.add(new Digest(result.imageDigest())));
        }
        return new Preview.Complete(first.lifecyclePolicyText(), images);
    }

    private GetLifecyclePolicyPreviewResponse page(
            RepositoryName repository, @org.jspecify.annotations.Nullable String token) {
        return client.getLifecyclePolicyPreview(get ->
                get.repositoryName(repository.value()).maxResults(PREVIEW_PAGE).nextToken(token));
    }

    private static void put(String action, Supplier<?> call) {
        EcrCalls.<Object>call(action, call::get);
    }
}
