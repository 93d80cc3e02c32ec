package dev.larder.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.local.aws.AwsException;
import dev.larder.local.front.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A folder that {@code cdk synth} wrote (cloud assembly schema: {@code manifest.json}, templates, asset manifests). */
public final class CloudAssembly {
    private static final Pattern ENVIRONMENT = Pattern.compile("aws://([^/]+)/(.+)");

    private CloudAssembly() {}

    /**
     * Reads all stacks, those of stages too, in an order in which they can be deployed.
     *
     * @throws TemplateException when the folder is no cloud assembly
     * @throws IOException when a file cannot be read
     */
    public static List<StackTemplate> read(Path folder) throws IOException {
        List<StackTemplate> stacks = new ArrayList<>();
        collect(folder, stacks);
        return inOrder(stacks);
    }

    private static void collect(Path folder, List<StackTemplate> stacks) throws IOException {
        Path manifest = folder.resolve("manifest.json");
        if (!Files.exists(manifest)) {
            throw new TemplateException(
                    folder + " has no manifest.json: it is no output of cdk synth. Synthesize first,"
                            + " and give the folder (usually cdk.out) with --cdk-out.");
        }
        JsonNode artifacts = json(manifest).path("artifacts");
        Map<String, Path> assets = new HashMap<>();
        for (Map.Entry<String, JsonNode> artifact : artifacts.properties()) {
            if (artifact.getValue().path("type").asText().equals("cdk:asset-manifest")) {
                assets(
                        folder,
                        artifact.getValue().path("properties").path("file").asText(),
                        assets);
            }
        }
        for (Map.Entry<String, JsonNode> artifact : artifacts.properties()) {
            JsonNode value = artifact.getValue();
            switch (value.path("type").asText()) {
                case "aws:cloudformation:stack" -> stacks.add(stack(folder, artifact.getKey(), value, assets));
                case "cdk:cloud-assembly" ->
                    collect(
                            folder.resolve(value.path("properties")
                                    .path("directoryName")
                                    .asText()),
                            stacks);
                case "cdk:asset-manifest", "cdk:tree", "cdk:feature-flag-report", "aws:cdk:tree", "none" -> {}
                default ->
                    throw new TemplateException(manifest + ": the artifact " + artifact.getKey() + " is of type "
                            + value.path("type").asText() + ", which is not known to the local cloud");
            }
        }
    }

    private static StackTemplate stack(Path folder, String id, JsonNode artifact, Map<String, Path> assets)
            throws IOException {
        Matcher environment = ENVIRONMENT.matcher(artifact.path("environment").asText());
        if (!environment.matches()) {
            throw new TemplateException("the stack " + id + " has the environment '"
                    + artifact.path("environment").asText() + "'; expected aws://<account>/<region>");
        }
        List<String> dependencies = new ArrayList<>();
        artifact.path("dependencies").forEach(dependency -> dependencies.add(dependency.asText()));
        JsonNode properties = artifact.path("properties");
        return new StackTemplate(
                properties.path("stackName").asText(id),
                environment.group(1),
                environment.group(2),
                json(folder.resolve(properties.path("templateFile").asText())),
                dependencies,
                assets);
    }

    private static void assets(Path folder, String file, Map<String, Path> assets) throws IOException {
        for (JsonNode asset : json(folder.resolve(file)).path("files")) {
            Path source =
                    folder.resolve(asset.path("source").path("path").asText()).normalize();
            for (JsonNode destination : asset.path("destinations")) {
                assets.put(destination.path("objectKey").asText(), source);
            }
        }
    }

    private static ObjectNode json(Path file) throws IOException {
        try {
            return Json.read(Files.readString(file));
        } catch (AwsException e) {
            throw new TemplateException(file + " is broken: " + e.message() + ". Synthesize again.");
        }
    }

    private static List<StackTemplate> inOrder(List<StackTemplate> stacks) throws TemplateException {
        List<StackTemplate> ordered = new ArrayList<>();
        List<StackTemplate> waiting = new ArrayList<>(stacks);
        while (!waiting.isEmpty()) {
            List<String> names = waiting.stream().map(StackTemplate::name).toList();
            List<StackTemplate> ready = waiting.stream()
                    .filter(stack -> stack.dependencies().stream().noneMatch(names::contains))
                    .toList();
            if (ready.isEmpty()) {
                throw new TemplateException("the stacks " + names + " depend on each other in a circle");
            }
            ordered.addAll(ready);
            waiting.removeAll(ready);
        }
        return ordered;
    }
}
