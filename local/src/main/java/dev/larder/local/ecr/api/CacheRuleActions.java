package dev.larder.local.ecr.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.local.ecr.CacheRule;
import dev.larder.local.ecr.state.EcrRegistry;
import dev.larder.local.ecr.state.Page;
import dev.larder.local.ecr.state.Rule;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Pull-through cache rules. */
final class CacheRuleActions {
    private static final int MOST_RULES = 50;

    private final EcrRegistry registry;
    private final InstantSource clock;
    private final UpstreamCheck upstreams;

    CacheRuleActions(EcrRegistry registry, InstantSource clock, UpstreamCheck upstreams) {
        this.registry = registry;
        this.clock = clock;
        this.upstreams = upstreams;
    }

    Map<String, Action> actions() {
        return Map.of(
                "CreatePullThroughCacheRule", this::create,
                "DescribePullThroughCacheRules", this::describe,
                "UpdatePullThroughCacheRule", this::update,
                "DeletePullThroughCacheRule", this::delete,
                "ValidatePullThroughCacheRule", this::validate);
    }

    private ObjectNode create(Request request) {
        CacheRule rule = NewRule.read(request);
        rule.credentialArn().ifPresent(this::requireSecret);
        Instant now = clock.instant();
        Rule created = new Rule(rule, request.optional("customRoleArn"), now, now);
        registry.change(() -> {
            if (registry.settings().rule(rule.prefix()).isPresent()) {
                throw Errors.error(
                        "PullThroughCacheRuleAlreadyExistsException",
                        "A pull through cache rule with prefix '" + rule.prefix()
                                + "' already exists in the registry with id '" + registry.account() + "'");
            }
            if (registry.settings().rules().size() >= MOST_RULES) {
                throw Errors.error(
                        "LimitExceededException",
                        "A registry can have " + MOST_RULES
                                + " pull through cache rules; this quota is not adjustable");
            }
            registry.settings().put(created);
            return true;
        });
        ObjectNode answer = json(created);
        answer.remove("updatedAt");
        return answer;
    }

    private ObjectNode describe(Request request) {
        ObjectNode answer = Shapes.object();
        ArrayNode rules = answer.putArray("pullThroughCacheRules");
        List<String> prefixes = request.texts("ecrRepositoryPrefixes");
        if (!prefixes.isEmpty()) {
            Lookup.notBoth(request, "ecrRepositoryPrefixes");
            prefixes.forEach(prefix -> rules.add(json(require(prefix))));
            return answer;
        }
        Page<Rule> page = Pages.of(
                registry.settings().rules(), rule -> rule.rule().prefix(), request.after(), request.maxResults());
        page.items().forEach(rule -> rules.add(json(rule)));
        page.next().ifPresent(next -> answer.put("nextToken", NextToken.write(request, next)));
        return answer;
    }

    private ObjectNode update(Request request) {
        request.optional("credentialArn").ifPresent(this::requireSecret);
        Rule updated = registry.change(() -> {
            Rule old = require(request.text("ecrRepositoryPrefix"));
            CacheRule rule = old.rule();
            Rule changed = new Rule(
                    new CacheRule(
                            rule.prefix(),
                            rule.upstreamRegistry(),
                            rule.upstreamUrl(),
                            rule.upstreamPrefix(),
                            request.optional("credentialArn").or(rule::credentialArn)),
                    request.optional("customRoleArn").or(old::customRoleArn),
                    old.createdAt(),
                    clock.instant());
            registry.settings().put(changed);
            return changed;
        });
        ObjectNode answer = json(updated);
        answer.remove(List.of("createdAt", "upstreamRegistryUrl", "upstreamRegistry"));
        return answer;
    }

    private ObjectNode delete(Request request) {
        Rule deleted = registry.change(() -> {
            Rule rule = require(request.text("ecrRepositoryPrefix"));
            registry.settings().removeRule(rule.rule().prefix());
            return rule;
        });
        ObjectNode answer = json(deleted);
        answer.remove(List.of("updatedAt", "upstreamRegistry"));
        return answer;
    }

    private ObjectNode validate(Request request) {
        Rule rule = require(request.text("ecrRepositoryPrefix"));
        Optional<String> failure = upstreams.failure(rule.rule());
        ObjectNode answer = json(rule);
        answer.remove(List.of("createdAt", "updatedAt", "upstreamRegistry"));
        answer.put("isValid", failure.isEmpty());
        failure.ifPresent(reason -> answer.put("failure", reason));
        return answer;
    }

    private Rule require(String prefix) {
        return registry.settings()
                .rule(NewRule.bare(prefix))
                .orElseThrow(() -> Errors.error(
                        "PullThroughCacheRuleNotFoundException",
                        "Pull through cache rule with prefix '" + prefix + "' not found in the registry with id '"
                                + registry.account() + "'"));
    }

    private void requireSecret(String arn) {
        if (!upstreams.secretExists(arn)) {
            throw Errors.error("SecretNotFoundException", "The secret '" + arn + "' does not exist");
        }
    }

    private ObjectNode json(Rule rule) {
        ObjectNode node = Shapes.object()
                .put("ecrRepositoryPrefix", rule.rule().prefix())
                .put("upstreamRegistryUrl", rule.rule().upstreamUrl())
                .put("registryId", registry.account())
                .put("upstreamRepositoryPrefix", rule.rule().upstreamPrefix());
        rule.rule().upstreamRegistry().ifPresent(name -> node.put("upstreamRegistry", name));
        rule.rule().credentialArn().ifPresent(arn -> node.put("credentialArn", arn));
        rule.customRoleArn().ifPresent(arn -> node.put("customRoleArn", arn));
        Shapes.time(node, "createdAt", rule.createdAt());
        Shapes.time(node, "updatedAt", rule.updatedAt());
        return node;
    }
}
