package dev.larder.events;

import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;

/**
 * Reads ECR's calls out of CloudTrail's records. A call that failed may name things that do not exist or have no valid
 * name, or nothing at all; it is then ignored and never malformed.
 */
final class CloudTrailParser {
    private CloudTrailParser() {}

    static Event parse(Envelope envelope, JsonObject detail) throws MalformedEventException {
        String source = detail.text("eventSource");
        String name = detail.text("eventName");
        if (!source.equals("ecr.amazonaws.com")) {
            return new Ignored("call " + name + " of " + source + " is not ECR's");
        }
        return switch (name) {
            case "BatchGetImage",
                    "GetDownloadUrlForLayer",
                    "BatchDeleteImage",
                    "PutLifecyclePolicy",
                    "CreateRepository" -> known(name, CallRecordParser.parse(envelope, detail), detail);
            default -> new Ignored("call " + name + " is not used");
        };
    }

    private static Event known(String name, CallRecord call, JsonObject detail) throws MalformedEventException {
        try {
            return call(name, call, detail.object("requestParameters"));
        } catch (MalformedEventException broken) {
            if (call.succeeded()) {
                throw broken;
            }
            boolean absent = detail.members().get("requestParameters") == null;
            return new Ignored(name + " failed with " + call.errorCode().orElseThrow()
                    + (absent ? " and names no repository" : ": " + broken.getMessage()));
        }
    }

    private static Event call(String name, CallRecord call, JsonObject parameters) throws MalformedEventException {
        RepositoryName repository = parameters.value("repositoryName", "a repository name", RepositoryName::new);
        return switch (name) {
            case "BatchGetImage" -> {
                ImageIds ids = ImageIds.parse(parameters);
                yield ids.valid().isEmpty()
                        ? ids.ignored(name)
                        : new ApiCall.BatchGetImage(call, repository, ids.valid());
            }
            case "BatchDeleteImage" -> {
                ImageIds ids = ImageIds.parse(parameters);
                yield ids.valid().isEmpty()
                        ? ids.ignored(name)
                        : new ApiCall.BatchDeleteImage(call, repository, ids.valid());
            }
            case "GetDownloadUrlForLayer" ->
                new ApiCall.GetDownloadUrlForLayer(
                        call, repository, parameters.value("layerDigest", "a digest", Digest::new));
            case "PutLifecyclePolicy" ->
                new ApiCall.PutLifecyclePolicy(call, repository, parameters.optionalText("lifecyclePolicyText"));
            case "CreateRepository" -> new ApiCall.CreateRepository(call, repository);
            default -> throw new IllegalStateException("call " + name + " is not among those listed in parse");
        };
    }
}
