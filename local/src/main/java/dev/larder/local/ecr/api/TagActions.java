package dev.larder.local.ecr.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.local.ecr.state.EcrRegistry;
import dev.larder.local.ecr.state.Repository;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Tags of repositories. */
final class TagActions {
    private final EcrRegistry registry;

    TagActions(EcrRegistry registry) {
        this.registry = registry;
    }

    Map<String, Action> actions() {
        return Map.of(
                "TagResource", this::tag,
                "UntagResource", this::untag,
                "ListTagsForResource", this::list);
    }

    private ObjectNode tag(Request request) {
        Map<String, String> added = ResourceTags.read(request.input().path("tags"));
        return change(request, tags -> {
            tags.putAll(added);
            return ResourceTags.limited(tags);
        });
    }

    private ObjectNode untag(Request request) {
        return change(request, tags -> {
            request.texts("tagKeys").forEach(tags::remove);
            return tags;
        });
    }

    private ObjectNode change(Request request, UnaryOperator<Map<String, String>> change) {
        registry.change(() -> {
            Repository repository = repository(request);
            registry.repositories().put(repository.withTags(change.apply(new TreeMap<>(repository.tags()))));
            return true;
        });
        return Shapes.object();
    }

    private ObjectNode list(Request request) {
        ObjectNode answer = Shapes.object();
        Shapes.tags(answer.putArray("tags"), repository(request).tags());
        return answer;
    }

    private Repository repository(Request request) {
        String arn = request.text("resourceArn");
        String prefix = registry.arn("");
        if (!arn.startsWith(prefix)) {
            throw Errors.invalid("resourceArn", "must be the ARN of a repository of this registry: " + prefix + "*");
        }
        return Lookup.repository(registry, arn.substring(prefix.length()));
    }
}
