package dev.larder.local.ecr.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.local.ecr.state.EcrRegistry;
import dev.larder.local.ecr.state.Page;
import dev.larder.local.ecr.state.RegistrySettings.Exclusion;
import java.time.InstantSource;
import java.util.Map;

/** Principals whose pulls leave {@code lastRecordedPullTime} alone. */
final class ExclusionActions {
    private static final int MOST = 100;

    private final EcrRegistry registry;
    private final InstantSource clock;

    ExclusionActions(EcrRegistry registry, InstantSource clock) {
        this.registry = registry;
        this.clock = clock;
    }

    Map<String, Action> actions() {
        return Map.of(
                "RegisterPullTimeUpdateExclusion", this::register,
                "DeregisterPullTimeUpdateExclusion", this::deregister,
                "ListPullTimeUpdateExclusions", this::list);
    }

    private ObjectNode register(Request request) {
        Exclusion exclusion = new Exclusion(request.text("principalArn"), clock.instant());
        registry.change(() -> {
            if (registry.settings().isExcluded(exclusion.principalArn())) {
                throw Errors.error(
                        "ExclusionAlreadyExistsException",
                        "The pull time update exclusion of '" + exclusion.principalArn() + "' already exists");
            }
            if (registry.settings().exclusions().size() >= MOST) {
                throw Errors.error(
                        "LimitExceededException", "An account can have " + MOST + " pull time update exclusions");
            }
            registry.settings().put(exclusion);
            return true;
        });
        ObjectNode answer = Shapes.object().put("principalArn", exclusion.principalArn());
        Shapes.time(answer, "createdAt", exclusion.createdAt());
        return answer;
    }

    private ObjectNode deregister(Request request) {
        String principal = request.text("principalArn");
        registry.change(() -> {
            if (!registry.settings().isExcluded(principal)) {
                throw Errors.error(
                        "ExclusionNotFoundException",
                        "The pull time update exclusion of '" + principal + "' does not exist");
            }
            registry.settings().removeExclusion(principal);
            return true;
        });
        return Shapes.object().put("principalArn", principal);
    }

    private ObjectNode list(Request request) {
        Page<Exclusion> page = Pages.of(
                registry.settings().exclusions(),
                Exclusion::principalArn,
                request.after(),
                Math.min(request.maxResults(), MOST));
        ObjectNode answer = Shapes.object();
        ArrayNode principals = answer.putArray("pullTimeUpdateExclusions");
        page.items().forEach(exclusion -> principals.add(exclusion.principalArn()));
        page.next().ifPresent(next -> answer.put("nextToken", NextToken.write(request, next)));
        return answer;
    }
}
