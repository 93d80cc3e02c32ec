package dev.larder.local.ecr.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.events.image.Digest;
import dev.larder.local.aws.AuthorizationTokens;
import dev.larder.local.aws.AwsException;
import dev.larder.local.aws.Caller;
import dev.larder.local.aws.JsonService.Via;
import dev.larder.local.ecr.CacheRule;
import dev.larder.local.ecr.ImageSource;
import dev.larder.local.ecr.ImageUnavailableException;
import dev.larder.local.ecr.events.EventBridgeEcrEvents;
import dev.larder.local.ecr.state.EcrRegistry;
import dev.larder.local.ecr.state.ImageTag;
import dev.larder.local.oci.Manifest;
import dev.larder.local.oci.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A registry in a folder with its API, clocks that are set by hand, and the events that came out. */
final class Fixture implements AutoCloseable {
    static final String ACCOUNT = "111122223333";
    static final String REGION = "eu-central-1";
    static final Caller USER = new Caller(ACCOUNT, "AKIAALICE", "alice", Optional.empty());
    private static final JsonMapper JSON = new JsonMapper();

    final List<JsonNode> events = new ArrayList<>();
    Instant now = Instant.parse("2026-11-24T10:00:00Z");
    long nanos;
    Caller caller = USER;
    final EcrRegistry registry;
    final EcrApi api;
    final AuthorizationTokens tokens = new AuthorizationTokens(() -> now);

    Fixture(Path data) {
        EventBridgeEcrEvents sink =
                new EventBridgeEcrEvents(event -> events.add(json(event)), ACCOUNT, REGION, () -> now);
        try {
            registry = EcrRegistry.open(data, ACCOUNT, REGION, () -> now, sink);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        ImageSource cached = (repository, reference) -> {
            Optional<Digest> digest = Digest.isDigest(reference)
                    ? Optional.of(new Digest(reference))
                    : registry.images().tag(repository, reference).map(ImageTag::digest);
            return digest.flatMap(d -> registry.manifest(repository, d))
                    .orElseThrow(() -> new ImageUnavailableException("ImageNotFound", "Requested image not found"));
        };
        UpstreamCheck upstreams = new UpstreamCheck() {
            @Override
            public boolean secretExists(String arn) {
                return !arn.contains("missing");
            }

            @Override
            public Optional<String> failure(CacheRule rule) {
                return rule.upstreamUrl().contains("down") ? Optional.of("no answer") : Optional.empty();
            }
        };
        URI endpoint = URI.create("http://127.0.0.1:4567");
        api = new EcrApi(registry, cached, sink, tokens, () -> now, endpoint, upstreams, () -> nanos);
    }

    /** Calls the API, and checks what it answers, or its error code, against AWS's model. */
    ObjectNode call(String action, String input) {
        ObjectNode answer;
        try {
            answer = api.call(action, (ObjectNode) json(input.replace('\'', '"')), caller, Via.API);
        } catch (AwsException e) {
            List<String> modelled = new ArrayList<>();
            Model.ecr().operation(action).path("errors").forEach(code -> modelled.add(code.asText()));
            modelled.add("ThrottlingException"); // of all of AWS, so of no operation's own errors
            if (!modelled.contains(e.code())) {
                throw new AssertionError(action + " has no error " + e.code() + ", only " + modelled, e);
            }
            throw e;
        }
        ObjectNode checked = answer.deepCopy();
        checked.remove("imageIds"); // the model's 1 to 100 is the request's limit: ECR answers with none or more too
        Model.ecr().check(action, Model.ecr().operation(action).path("output").asText(), checked);
        return answer;
    }

    String error(String action, String input) {
        try {
            return "no error but " + call(action, input);
        } catch (AwsException e) {
            return e.code();
        }
    }

    void repository(String name) {
        call("CreateRepository", "{'repositoryName':'" + name + "'}");
    }

    /** An image manifest with one layer, whose blobs are in the registry. */
    Manifest image(String seed) {
        return image(seed, Optional.empty());
    }

    Manifest image(String seed, Optional<Digest> subject) {
        String subjectJson = subject.map(digest -> ",'subject':" + descriptor(Manifest.OCI_MANIFEST, digest, 1))
                .orElse("");
        return manifest("{'schemaVersion':2,'mediaType':'" + Manifest.OCI_MANIFEST + "','config':"
                + blob("config " + seed, "application/vnd.oci.image.config.v1+json") + ",'layers':["
                + blob("layer " + seed, "application/vnd.oci.image.layer.v1.tar+gzip") + "]" + subjectJson + "}");
    }

    Manifest index(Manifest... children) {
        String list = java.util.Arrays.stream(children)
                .map(child -> descriptor(
                        child.mediaType(), child.digest(), child.content().length()))
                .collect(Collectors.joining(","));
        return manifest("{'schemaVersion':2,'mediaType':'" + Manifest.OCI_INDEX + "','manifests':[" + list + "]}");
    }

    /** Puts a manifest into a repository as an import does. */
    Manifest add(String repository, String tag, Manifest... manifests) {
        registry.commit(repository, List.of(manifests), Optional.ofNullable(tag), now);
        return manifests[manifests.length - 1];
    }

    static Manifest manifest(String json) {
        try {
            return Manifest.parse(json.replace('\'', '"'), null);
        } catch (dev.larder.local.oci.InvalidManifestException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private String blob(String content, String mediaType) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        Digest digest = Sha256.of(bytes);
        try {
            registry.blobs().write(digest, bytes.length, new ByteArrayInputStream(bytes));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return descriptor(mediaType, digest, bytes.length);
    }

    private static String descriptor(String mediaType, Digest digest, long size) {
        return "{'mediaType':'" + mediaType + "','digest':'" + digest + "','size':" + size + "}";
    }

    List<String> detailTypes() {
        return events.stream().map(event -> event.path("detail-type").asText()).toList();
    }

    @Override
    public void close() {
        registry.close();
    }
}
