package dev.larder.local.ecr.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.local.ecr.state.Template;

/** {@code RepositoryCreationTemplate} of the API. */
final class TemplateShape {
    private TemplateShape() {}

    static ObjectNode json(Template template) {
        ObjectNode node = Shapes.object().put("prefix", template.prefix());
        template.description().ifPresent(text -> node.put("description", text));
        ObjectNode encryption = node.putObject("encryptionConfiguration")
                .put("encryptionType", template.encryption().orElse("AES256"));
        template.kmsKey().ifPresent(key -> encryption.put("kmsKey", key));
        Shapes.tags(node.putArray("resourceTags"), template.resourceTags());
        node.put("imageTagMutability", template.tagMutability().orElse("MUTABLE"));
        Shapes.exclusions(node, template.exclusions());
        template.repositoryPolicy().ifPresent(text -> node.put("repositoryPolicy", text));
        template.lifecyclePolicy().ifPresent(text -> node.put("lifecyclePolicy", text));
        Shapes.texts(node, "appliedFor", template.appliedFor());
        template.customRoleArn().ifPresent(arn -> node.put("customRoleArn", arn));
        Shapes.time(node, "createdAt", template.createdAt());
        Shapes.time(node, "updatedAt", template.updatedAt());
        return node;
    }
}
