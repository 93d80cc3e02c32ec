package dev.larder.local.ecr.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.local.ecr.lifecycle.LifecyclePolicy;
import dev.larder.local.ecr.state.EcrRegistry;
import dev.larder.local.ecr.state.Page;
import dev.larder.local.ecr.state.Template;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Repository creation templates: kept here, applied by the registry when it creates a repository. */
final class TemplateActions {
    private final EcrRegistry registry;
    private final InstantSource clock;

    TemplateActions(EcrRegistry registry, InstantSource clock) {
        this.registry = registry;
        this.clock = clock;
    }

    Map<String, Action> actions() {
        return Map.of(
                "CreateRepositoryCreationTemplate", this::create,
                "DescribeRepositoryCreationTemplates", this::describe,
                "UpdateRepositoryCreationTemplate", this::update,
                "DeleteRepositoryCreationTemplate", this::delete);
    }

    private ObjectNode create(Request request) {
        Instant now = clock.instant();
        Template template = read(request, Optional.empty(), now);
        registry.change(() -> {
            if (registry.settings().template(template.prefix()).isPresent()) {
                throw Errors.error(
                        "TemplateAlreadyExistsException",
                        "A repository creation template with prefix '" + template.prefix() + "' already exists");
            }
            registry.settings().put(template);
            return true;
        });
        return answer(template);
    }

    private ObjectNode update(Request request) {
        return answer(registry.change(() -> {
            Template old = require(request.text("prefix"));
            Template template = read(request, Optional.of(old), clock.instant());
            registry.settings().put(template);
            return template;
        }));
    }

    private ObjectNode delete(Request request) {
        return answer(registry.change(() -> {
            Template template = require(request.text("prefix"));
            registry.settings().removeTemplate(template.prefix());
            return template;
        }));
    }

    private ObjectNode describe(Request request) {
        List<String> prefixes =
                request.texts("prefixes").stream().map(NewRule::bare).toList();
        if (!prefixes.isEmpty()) {
            Lookup.notBoth(request, "prefixes");
        }
        List<Template> wanted = registry.settings().templates().stream()
                .filter(template -> prefixes.isEmpty() || prefixes.contains(template.prefix()))
                .toList();
        Page<Template> page = Pages.of(wanted, Template::prefix, request.after(), request.maxResults());
        ObjectNode answer = Shapes.object().put("registryId", registry.account());
        ArrayNode templates = answer.putArray("repositoryCreationTemplates");
        page.items().forEach(template -> templates.add(TemplateShape.json(template)));
        page.next().ifPresent(next -> answer.put("nextToken", NextToken.write(request, next)));
        return answer;
    }

    private Template require(String prefix) {
        return registry.settings()
                .template(NewRule.bare(prefix))
                .orElseThrow(() -> Errors.error(
                        "TemplateNotFoundException",
                        "The repository creation template with prefix '" + prefix + "' does not exist"));
    }

    /** What the request says; what it leaves out stays as it was. */
    private static Template read(Request request, Optional<Template> old, Instant now) {
        request.optional("repositoryPolicy")
                .filter(text -> !text.isEmpty())
                .ifPresent(text -> PolicyActions.check(text, "repositoryPolicy"));
        request.optional("lifecyclePolicy").filter(text -> !text.isEmpty()).ifPresent(LifecyclePolicy::parse);
        boolean mutability = request.has("imageTagMutability") || old.isEmpty();
        JsonNode encryption = request.input().path("encryptionConfiguration");
        Optional<String> key = Optional.of(encryption.path("kmsKey").asText("")).filter(text -> !text.isEmpty());
        return new Template(
                NewRule.bare(request.text("prefix")),
                request.optional("description").or(() -> old.flatMap(Template::description)),
                request.has("appliedFor")
                        ? request.texts("appliedFor")
                        : old.map(Template::appliedFor).orElse(List.of()),
                mutability ? Optional.of(RepositoryActions.mutability(request)) : old.flatMap(Template::tagMutability),
                mutability
                        ? Shapes.exclusions(request)
                        : old.map(Template::exclusions).orElse(List.of()),
                encryption.isObject()
                        ? Optional.of(encryption.path("encryptionType").asText())
                        : old.flatMap(Template::encryption),
                encryption.isObject() ? key : old.flatMap(Template::kmsKey),
                request.has("resourceTags")
                        ? ResourceTags.read(request.input().path("resourceTags"))
                        : old.map(Template::resourceTags).orElse(Map.of()),
                request.optional("repositoryPolicy").or(() -> old.flatMap(Template::repositoryPolicy)),
                request.optional("lifecyclePolicy").or(() -> old.flatMap(Template::lifecyclePolicy)),
                request.optional("customRoleArn").or(() -> old.flatMap(Template::customRoleArn)),
                old.map(Template::createdAt).orElse(now),
                now);
    }

    private ObjectNode answer(Template template) {
        ObjectNode answer = Shapes.object().put("registryId", registry.account());
        answer.set("repositoryCreationTemplate", TemplateShape.json(template));
        return answer;
    }
}
