package dev.larder.local.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.local.aws.AwsException;
import dev.larder.local.aws.Caller;
import dev.larder.local.aws.JsonService;
import dev.larder.local.front.Json;
import dev.larder.local.template.Deployed;
import dev.larder.local.template.Resource;
import dev.larder.local.template.ResourceType;
import dev.larder.local.template.TemplateException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * ECR's resources: each becomes the calls of ECR's API that CloudFormation's own handler would make.
 *
 * @param secrets makes sure that a secret of a name is there; in an account a person creates it before the deployment
 */
record EcrTypes(JsonService ecr, String account, Consumer<String> secrets) {
    private static final String EXCLUSIONS = "imageTagMutabilityExclusionFilters";
    private static final List<String> POLICIES = List.of("lifecyclePolicy", "repositoryPolicy");

    List<ResourceType> all() {
        return List.of(new CacheRule(), new CreationTemplate(), new Exclusion());
    }

    private ObjectNode call(String action, ObjectNode input) {
        Caller cloudFormation =
                new Caller(account, "cloudformation", "cloudformation", Optional.of("AWSCloudFormation"));
        return ecr.call(action, input, cloudFormation, JsonService.Via.API);
    }

    /** Copies properties under the names that the API has: CloudFormation's with a small first letter. */
    private static ObjectNode lowered(JsonNode node) {
        ObjectNode lowered = Json.object();
        node.properties().forEach(field -> {
            String name = Character.toLowerCase(field.getKey().charAt(0))
                    + field.getKey().substring(1);
            JsonNode value = field.getValue();
            lowered.set(name, value.isObject() ? lowered(value) : value);
        });
        return lowered;
    }

    private final class CacheRule implements ResourceType {
        @Override
        public String name() {
            return "AWS::ECR::PullThroughCacheRule";
        }

        @Override
        public Set<String> properties() {
            return Set.of(
                    "CredentialArn",
                    "CustomRoleArn",
                    "EcrRepositoryPrefix",
                    "UpstreamRegistry",
                    "UpstreamRegistryUrl",
                    "UpstreamRepositoryPrefix");
        }

        @Override
        public Deployed deploy(Resource resource) throws TemplateException {
            String prefix = resource.required("EcrRepositoryPrefix");
            ObjectNode rule = lowered(resource.properties());
            resource.text("CredentialArn").map(arn -> arn.split(":", 7)[6]).ifPresent(secrets);
            try {
                call("CreatePullThroughCacheRule", rule);
            } catch (AwsException e) {
                if (!e.code().equals("PullThroughCacheRuleAlreadyExistsException")) {
                    throw e;
                }
                // every property forces replacement; the cached repositories stay
                call("DeletePullThroughCacheRule", Json.object().put("ecrRepositoryPrefix", prefix));
                call("CreatePullThroughCacheRule", rule);
            }
            return Deployed.of(prefix);
        }
    }

    private final class CreationTemplate implements ResourceType {
        @Override
        public String name() {
            return "AWS::ECR::RepositoryCreationTemplate";
        }

        @Override
        public Set<String> properties() {
            return Set.of(
                    "AppliedFor[]",
                    "CustomRoleArn",
                    "Description",
                    "EncryptionConfiguration.EncryptionType",
                    "EncryptionConfiguration.KmsKey",
                    "ImageTagMutability",
                    "ImageTagMutabilityExclusionFilters[].ImageTagMutabilityExclusionFilterType",
                    "ImageTagMutabilityExclusionFilters[].ImageTagMutabilityExclusionFilterValue",
                    "LifecyclePolicy",
                    "Prefix",
                    "RepositoryPolicy",
                    "ResourceTags[].Key",
                    "ResourceTags[].Value");
        }

        @Override
        public Deployed deploy(Resource resource) throws TemplateException {
            ObjectNode template = lowered(resource.properties());
            exclusions(template);
            try {
                call("CreateRepositoryCreationTemplate", template);
            } catch (AwsException e) {
                if (!e.code().equals("TemplateAlreadyExistsException")) {
                    throw e;
                }
                // the API keeps what is left out; CloudFormation unsets what a template no longer has
                POLICIES.stream().filter(policy -> !template.has(policy)).forEach(policy -> template.put(policy, ""));
                call("UpdateRepositoryCreationTemplate", template);
            }
            return Deployed.of(resource.required("Prefix"));
        }

        /** CloudFormation's names of a filter's members are not the API's. */
        private static void exclusions(ObjectNode template) {
            if (template.path(EXCLUSIONS) instanceof ArrayNode properties) {
                ArrayNode filters = Json.object().putArray(EXCLUSIONS);
                for (JsonNode filter : properties) {
                    filters.addObject()
                            .put(
                                    "filterType",
                                    filter.path("ImageTagMutabilityExclusionFilterType")
                                            .asText())
                            .put(
                                    "filter",
                                    filter.path("ImageTagMutabilityExclusionFilterValue")
                                            .asText());
                }
                template.set(EXCLUSIONS, filters);
            }
        }
    }

    private final class Exclusion implements ResourceType {
        @Override
        public String name() {
            return "AWS::ECR::PullTimeUpdateExclusion";
        }

        @Override
        public Set<String> properties() {
            return Set.of("PrincipalArn");
        }

        @Override
        public Deployed deploy(Resource resource) throws TemplateException {
            String principal = resource.required("PrincipalArn");
            try {
                call("RegisterPullTimeUpdateExclusion", Json.object().put("principalArn", principal));
            } catch (AwsException e) {
                if (!e.code().equals("ExclusionAlreadyExistsException")) {
                    throw e;
                }
            }
            return Deployed.of(principal);
        }
    }
}
