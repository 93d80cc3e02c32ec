package dev.larder.local.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.larder.local.template.Deployed;
import dev.larder.local.template.Resource;
import dev.larder.local.template.ResourceType;
import dev.larder.local.template.TemplateException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Versions and aliases. Every qualifier of a function leads to the one code that it has here. */
public final class QualifierTypes {
    private QualifierTypes() {}

    /** Both types. */
    public static List<ResourceType> all(Functions functions) {
        return List.of(new VersionType(functions), new AliasType(functions));
    }

    private record VersionType(Functions functions) implements ResourceType {
        @Override
        public String name() {
            return "AWS::Lambda::Version";
        }

        @Override
        public Set<String> properties() {
            return Set.of("CodeSha256", "Description", "FunctionName");
        }

        @Override
        public Deployed deploy(Resource resource) throws TemplateException {
            String arn =
                    functions.find(resource.required("FunctionName")).settings().arn();
            Map<String, JsonNode> attributes =
                    Map.of("Version", TextNode.valueOf("1"), "FunctionArn", TextNode.valueOf(arn + ":1"));
            return new Deployed(arn + ":1", attributes);
        }
    }

    private record AliasType(Functions functions) implements ResourceType {
        @Override
        public String name() {
            return "AWS::Lambda::Alias";
        }

        @Override
        public Set<String> properties() {
            return Set.of("Description", "FunctionName", "FunctionVersion", "Name");
        }

        @Override
        public Deployed deploy(Resource resource) throws TemplateException {
            String arn =
                    functions.find(resource.required("FunctionName")).settings().arn() + ":"
                            + resource.required("Name");
            return new Deployed(arn, Map.of("AliasArn", TextNode.valueOf(arn)));
        }
    }
}
