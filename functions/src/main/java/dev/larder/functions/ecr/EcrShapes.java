package dev.larder.functions.ecr;

import dev.larder.domain.desired.TagMutability;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.ecr.model.ImageTagMutabilityExclusionFilter;
import software.amazon.awssdk.services.ecr.model.RepositoryCreationTemplate;
import software.amazon.awssdk.services.ecr.model.Tag;

/** ECR's shapes of settings to and from Larder's. */
final class EcrShapes {
    private EcrShapes() {}

    static RepositorySettings.Template template(RepositoryCreationTemplate template) {
        return new RepositorySettings.Template(
                template.prefix().replaceFirst("/$", ""),
                text(template.lifecyclePolicy()),
                text(template.repositoryPolicy()),
                tags(template.resourceTags()),
                mutability(template.imageTagMutabilityAsString(), template.imageTagMutabilityExclusionFilters()),
                Optional.ofNullable(template.encryptionConfiguration())
                        .flatMap(encryption -> text(encryption.kmsKey())));
    }

    /** An empty text stands for none in a template. */
    private static Optional<String> text(@org.jspecify.annotations.Nullable String text) {
        return Optional.ofNullable(text).filter(present -> !present.isEmpty());
    }

    static TagMutability mutability(
            @org.jspecify.annotations.Nullable String setting, List<ImageTagMutabilityExclusionFilter> filters) {
        return new TagMutability(
                setting == null ? "MUTABLE" : setting,
                filters.stream().map(ImageTagMutabilityExclusionFilter::filter).toList());
    }

    static Map<String, String> tags(List<Tag> tags) {
        Map<String, String> read = new TreeMap<>();
        tags.forEach(tag -> read.put(tag.key(), tag.value()));
        return read;
    }

    static List<Tag> tags(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }
}
