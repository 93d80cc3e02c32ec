package dev.larder.local.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import dev.larder.local.template.Deployed;
import dev.larder.local.template.Resource;
import dev.larder.local.template.ResourceType;
import dev.larder.local.template.TemplateException;
import java.util.Optional;
import java.util.Set;

/** What happens to asynchronous invocations that fail: how often they are tried again, and where they end. */
public record EventInvokeConfigType(Functions functions, AsyncInvocations async) implements ResourceType {
    @Override
    public String name() {
        return "AWS::Lambda::EventInvokeConfig";
    }

    @Override
    public Set<String> properties() {
        return Set.of(
                "DestinationConfig.OnFailure.Destination",
                "FunctionName",
                "MaximumEventAgeInSeconds",
                "MaximumRetryAttempts",
                "Qualifier");
    }

    @Override
    public Deployed deploy(Resource resource) throws TemplateException {
        String function =
                functions.find(resource.required("FunctionName")).settings().name();
        JsonNode destination =
                resource.get("DestinationConfig").path("OnFailure").path("Destination");
        async.configure(
                function,
                resource.get("MaximumRetryAttempts").asInt(AsyncInvocations.RETRIES),
                destination.isTextual() ? Optional.of(destination.asText()) : Optional.empty());
        return Deployed.of(function + "-" + resource.text("Qualifier").orElse("$LATEST"));
    }
}
