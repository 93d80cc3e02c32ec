package dev.larder.local.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.local.aws.AwsException;
import dev.larder.local.aws.Caller;
import dev.larder.local.aws.JsonService;
import dev.larder.local.aws.JsonService.Via;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * {@code GET /v2/<name>/tags/list}: the tags that are cached, in lexical order, in pages of {@code n} after {@code
 * last}. The upstream's tags are not asked for, as on ECR [inferred from ecr-facts 8.4].
 */
final class TagsResource {
    private static final JsonMapper JSON = new JsonMapper();
    /** What one page has at most: {@code maxResults} of {@code ListImages}. */
    private static final int MOST = 1000;

    private final JsonService ecr;

    TagsResource(JsonService ecr) {
        this.ecr = ecr;
    }

    RegistryReply get(RegistryRoute.TagsOf route, RegistryRequest request, Caller caller) {
        String repository = route.repository().value();
        int size = pageSize(request);
        SortedSet<String> all = tags(repository, caller);
        String last = request.parameter("last").orElse("");
        List<String> rest = all.stream().filter(tag -> tag.compareTo(last) > 0).toList();
        List<String> page = rest.subList(0, Math.min(size, rest.size()));
        ObjectNode body = JSON.createObjectNode().put("name", repository);
        page.forEach(body.putArray("tags")::add);
        Map<String, String> headers = page.isEmpty() || page.size() == rest.size()
                ? Map.of()
                : Map.of(
                        "Link",
                        "</v2/" + repository + "/tags/list?n=" + size + "&last="
                                + URLEncoder.encode(page.getLast(), StandardCharsets.UTF_8) + ">; rel=\"next\"");
        return RegistryReply.json(body, headers);
    }

    private static int pageSize(RegistryRequest request) {
        String n = request.parameter("n").orElse(String.valueOf(MOST));
        if (!n.matches("\\d{1,9}")) {
            throw new RegistryException(
                    400, "PAGINATION_NUMBER_INVALID", "n must be a number of tags, found '" + n + "'");
        }
        return Math.min(MOST, Integer.parseInt(n));
    }

    private SortedSet<String> tags(String repository, Caller caller) {
        SortedSet<String> tags = new TreeSet<>();
        ObjectNode input =
                JSON.createObjectNode().put("repositoryName", repository).put("maxResults", MOST);
        input.putObject("filter").put("tagStatus", "TAGGED");
        try {
            JsonNode next;
            do {
                ObjectNode page = ecr.call("ListImages", input, caller, Via.REGISTRY);
                page.path("imageIds").forEach(id -> tags.add(id.path("imageTag").asText()));
                next = page.path("nextToken");
                input.set("nextToken", next);
            } while (next.isTextual());
        } catch (AwsException e) {
            throw RegistryException.of(e);
        }
        tags.remove("");
        return tags;
    }
}
