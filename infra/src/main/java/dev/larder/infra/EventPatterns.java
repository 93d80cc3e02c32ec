package dev.larder.infra;

import dev.larder.config.Cell;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What Larder listens to, as EventBridge patterns over the cached repositories' prefixes. A prefix is matched with its
 * slash, so that {@code quay/} does not match {@code quay-mirror/x}.
 */
final class EventPatterns {
    private static final List<String> SOURCE = List.of("aws.ecr");
    private static final List<String> CLOUDTRAIL = List.of("AWS API Call via CloudTrail");

    /** ECR's own events, all of them about one repository or about several. */
    private static final List<String> ECR_EVENTS = List.of(
            "ECR Pull Through Cache Action",
            "ECR Image Action",
            "ECR Image Scan",
            "ECR Replication Action",
            "ECR Referrer Action",
            "ECR Scan Resource Change");

    /** The source of Larder's own events. */
    static final String OWN = "larder";

    /** The detail-type with which a cell tells what is popular in it. */
    static final String POPULAR = "Larder Images Popular";

    private EventPatterns() {}

    /** What a cell says of itself, and nobody in its name. */
    static Map<String, Object> popularIn(Cell cell) {
        Map<String, Object> pattern = new LinkedHashMap<>(popular(List.of(cell.account())));
        pattern.put("region", List.of(cell.region()));
        pattern.put("detail", Map.of("cell", List.of(cell.toString())));
        return pattern;
    }

    /**
     * What these cells say of themselves.
     *
     * @param cells {@code account/region}
     */
    static Map<String, Object> popularElsewhere(List<String> cells) {
        List<String> accounts = cells.stream()
                .map(cell -> cell.substring(0, cell.indexOf('/')))
                .distinct()
                .toList();
        Map<String, Object> pattern = new LinkedHashMap<>(popular(accounts));
        pattern.put("detail", Map.of("cell", cells));
        return pattern;
    }

    /** EventBridge's advice: a rule for events of other accounts names the accounts (user guide, eb-cross-account). */
    private static Map<String, Object> popular(List<String> accounts) {
        return ordered("source", List.of(OWN), "detail-type", List.of(POPULAR), "account", accounts);
    }

    /**
     * CloudTrail's records of manifests that were fetched, by others than these.
     *
     * <p>A session is told by the role that it was made from, a user by its own ARN. Many callers have neither: for them
     * the field must be allowed to be missing, as {@code anything-but} alone needs one (EventBridge user guide: an event
     * must have the pattern's fields; seen in the published matcher, see {@code PullPatternTest}).
     */
    static Map<String, Object> pulls(List<String> prefixes, UncountedCallers callers) {
        Map<String, Object> identity = new LinkedHashMap<>();
        if (!callers.users().isEmpty()) {
            identity.put("arn", missingOrNone(callers.users()));
        }
        identity.put("sessionContext", Map.of("sessionIssuer", Map.of("arn", missingOrNone(callers.roles()))));
        Map<String, Object> detail = new LinkedHashMap<>(apiCall("BatchGetImage", prefixes));
        detail.put("userIdentity", identity);
        return overCloudTrail(detail);
    }

    /** CloudTrail's records of repositories that were created. */
    static Map<String, Object> repositoryCreations(List<String> prefixes) {
        return overCloudTrail(apiCall("CreateRepository", prefixes));
    }

    /** ECR's events about cached repositories. */
    static Map<String, Object> cacheEvents(List<String> prefixes) {
        List<Object> under = under(prefixes);
        return ordered(
                "source",
                SOURCE,
                "detail-type",
                ECR_EVENTS,
                "detail",
                Map.of(
                        "$or",
                        List.of(
                                Map.of("repository-name", under),
                                // ECR Scan Resource Change names several
                                Map.of("repositories", Map.of("repository-name", under)))));
    }

    private static Map<String, Object> overCloudTrail(Map<String, Object> detail) {
        return ordered("source", SOURCE, "detail-type", CLOUDTRAIL, "detail", detail);
    }

    private static Map<String, Object> apiCall(String action, List<String> prefixes) {
        return ordered(
                "eventSource",
                List.of("ecr.amazonaws.com"),
                "eventName",
                List.of(action),
                "requestParameters",
                Map.of("repositoryName", under(prefixes)));
    }

    private static List<Object> missingOrNone(List<String> values) {
        return List.of(Map.of("exists", false), Map.of("anything-but", values));
    }

    private static List<Object> under(List<String> prefixes) {
        return prefixes.stream()
                .<Object>map(prefix -> Map.of("prefix", prefix + "/"))
                .toList();
    }

    /** Keeps the order, so that a template is the same each time. */
    private static Map<String, Object> ordered(
            String first, Object firstValue, String second, Object secondValue, String third, Object thirdValue) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(first, firstValue);
        map.put(second, secondValue);
        map.put(third, thirdValue);
        return map;
    }
}
