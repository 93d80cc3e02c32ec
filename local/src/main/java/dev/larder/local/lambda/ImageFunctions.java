package dev.larder.local.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.events.image.Digest;
import dev.larder.local.aws.AwsException;
import dev.larder.local.ecr.RegistryImages;
import dev.larder.local.front.Json;
import dev.larder.local.front.JsonFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Functions that are made of an image of the registry, with their versions: taken note of, so that they can be listed;
 * they cannot be invoked. As in Lambda, the image has to be there, and a function stays with the digest that it had.
 */
public final class ImageFunctions {
    static final String LATEST = "$LATEST";

    private final JsonFile file;
    private final String arnPrefix;
    private final RegistryImages images;

    private ImageFunctions(JsonFile file, String arnPrefix, RegistryImages images) {
        this.file = file;
        this.arnPrefix = arnPrefix;
        this.images = images;
    }

    /**
     * Opens them.
     *
     * @throws IOException when the file cannot be read
     */
    public static ImageFunctions open(Path file, String account, String region, RegistryImages images)
            throws IOException {
        return new ImageFunctions(
                JsonFile.open(file), "arn:aws:lambda:" + region + ":" + account + ":function:", images);
    }

    ObjectNode create(ObjectNode input) {
        String name = Json.required(input, "FunctionName");
        if (!input.path("PackageType").asText().equals("Image")) {
            throw new AwsException(
                    400,
                    "InvalidParameterValueException",
                    "the local cloud creates functions of images only; those of zips come from the templates");
        }
        ObjectNode code = code(input.path("Code"));
        return file.change(all -> {
            if (all.has(name)) {
                throw new AwsException(409, "ResourceConflictException", "Function already exist: " + name);
            }
            ObjectNode function = all.putObject(name);
            function.set(LATEST, code);
            return configuration(name, input.path("Publish").asBoolean() ? publish(function) : LATEST, code);
        });
    }

    ObjectNode update(String name, ObjectNode input) {
        ObjectNode code = code(input);
        return file.change(all -> {
            ObjectNode function = function(all, name);
            function.set(LATEST, code);
            return configuration(name, input.path("Publish").asBoolean() ? publish(function) : LATEST, code);
        });
    }

    ObjectNode publish(String name) {
        return file.change(all -> {
            ObjectNode function = function(all, name);
            String version = publish(function);
            return configuration(name, version, function.path(version));
        });
    }

    private static String publish(ObjectNode function) {
        String version = String.valueOf(function.size());
        function.set(version, function.path(LATEST).deepCopy());
        return version;
    }

    void delete(String name) {
        file.change(all -> {
            function(all, name);
            return all.remove(name);
        });
    }

    boolean has(String name) {
        return file.read(all -> all.has(name));
    }

    /** {@code GetFunction}. */
    ObjectNode get(String name, String version) {
        return file.read(all -> {
            JsonNode code = function(all, name).path(version);
            if (code.isMissingNode()) {
                throw notFound(name + ":" + version);
            }
            ObjectNode answer = Json.object();
            answer.set("Configuration", configuration(name, version, code));
            answer.putObject("Code").put("RepositoryType", "ECR").setAll((ObjectNode) code);
            return answer;
        });
    }

    /** The configurations, of all versions or of the unpublished ones. */
    List<ObjectNode> all(boolean versions) {
        return file.read(all -> {
            List<ObjectNode> configurations = new ArrayList<>();
            all.properties()
                    .forEach(function -> function.getValue().properties().forEach(version -> {
                        if (versions || version.getKey().equals(LATEST)) {
                            configurations.add(configuration(function.getKey(), version.getKey(), version.getValue()));
                        }
                    }));
            return configurations;
        });
    }

    private ObjectNode configuration(String name, String version, JsonNode code) {
        String resolved = code.path("ResolvedImageUri").asText();
        ObjectNode configuration = Json.object()
                .put("FunctionName", name)
                .put("FunctionArn", arnPrefix + name + ":" + version)
                .put("PackageType", "Image")
                .put("CodeSha256", resolved.substring(resolved.lastIndexOf(':') + 1))
                .put("Version", version)
                .put("State", "Active");
        ArrayNode architectures = configuration.putArray("Architectures");
        architectures.add("x86_64");
        return configuration;
    }

    private ObjectNode code(JsonNode input) {
        String image = Json.required(input, "ImageUri");
        Optional<Digest> digest = images.digest(image);
        if (digest.isEmpty()) {
            throw new AwsException(
                    400,
                    "InvalidParameterValueException",
                    "Source image " + image + " does not exist. Provide a valid source image.");
        }
        String repository = image.replaceFirst("@.*$", "").replaceFirst(":[^:/]*$", "");
        return Json.object().put("ImageUri", image).put("ResolvedImageUri", repository + "@" + digest.get());
    }

    private static ObjectNode function(ObjectNode all, String name) {
        if (all.path(name) instanceof ObjectNode function) {
            return function;
        }
        throw notFound(name);
    }

    private static AwsException notFound(String name) {
        return new AwsException(404, "ResourceNotFoundException", "Function not found: " + name);
    }
}
