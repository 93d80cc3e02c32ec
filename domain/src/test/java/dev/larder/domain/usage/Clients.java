package dev.larder.domain.usage;

import static dev.larder.domain.usage.Facts.NOON;

import dev.larder.domain.usage.Fact.Fetch;
import dev.larder.domain.usage.Fact.Sync;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A model of clients: makes the calls of each, one after the other within a session, and keeps what was pulled. It knows
 * nothing of how calls are put together.
 */
final class Clients {
    /** What a client does. */
    enum Kind {
        DOCKER,
        UP_TO_DATE,
        SKOPEO,
        SKOPEO_ALL,
        SKOPEO_TWICE,
        ASK_GET_TAG,
        PINNED,
        PINNED_PLATFORM,
        SINGLE,
        SDK,
        DENIED,
        NOT_THERE
    }

    /** What happens upstream meanwhile. */
    enum Upstream {
        NOTHING,
        BRINGS,
        FAILS
    }

    /**
     * One client at work.
     *
     * @param gap seconds since the session's last call
     * @param pace seconds between its calls
     */
    record Step(Kind kind, int session, int gap, int pace, int tag, boolean arm, Upstream upstream) {}

    private static final List<Caller> SESSIONS = List.of(
            Facts.NODE,
            new Caller(Facts.NODE.principal(), Optional.of("i-0f2b6f0e7a534c0e9")),
            Caller.of("arn:aws:iam::111122223333:user/mary"),
            Caller.of("444455556666"));
    private static final List<String> TAGS = List.of("1.27", "1.26", "latest", "alias");
    private static final long BEGIN = -3_000;

    private final Facts facts = new Facts()
            .index("multi", "amd64", "arm64")
            .index("older", "amd64", "arm64")
            .index("v1", "amd64", "arm64")
            .index("v2", "amd64", "arm64")
            .lists("shared", "multi/amd64", "amd64")
            .lists("shared", "shared/arm64", "arm64")
            .tagged(-90_000, "1.27", "multi")
            .tagged(-90_000, "1.26", "older")
            .tagged(-90_000, "latest", "v1")
            .tagged(0, "latest", "v2")
            .tagged(-90_000, "alias", "shared")
            .tagged(-90_000, "single", "plain");
    private final Map<Integer, Long> clocks = new HashMap<>();
    private final Map<String, Long> pulled = new TreeMap<>();
    private final List<Pulled> pulls = new ArrayList<>();

    private record Pulled(
            String image, Caller caller, long second, String platforms, Upstream upstream, String failed) {}

    Clients(List<Step> steps) {
        steps.forEach(this::take);
        for (Pulled pull : pulls) {
            String outcome = outcome(pull);
            pulled.merge(
                    key(
                            pull.image() + pull.platforms() + " " + outcome,
                            pull.caller(),
                            LogHour.of(NOON.plusSeconds(pull.second()))),
                    1L,
                    Long::sum);
        }
    }

    /** The facts of all calls. */
    Facts facts() {
        return facts;
    }

    /** What was pulled, by image, platforms, outcome, principal and hour. */
    Map<String, Long> pulled() {
        return pulled;
    }

    static String key(String words, Caller caller, LogHour hour) {
        return words + " by " + caller.principal() + " " + hour;
    }

    private void take(Step step) {
        long at = clocks.getOrDefault(step.session(), BEGIN) + step.gap();
        int pace = step.pace();
        Caller caller = SESSIONS.get(step.session());
        String tag = TAGS.get(step.tag());
        String index = indexOf(tag, at);
        String platform = step.arm() ? "arm64" : "amd64";
        String child = child(index, platform);
        switch (step.kind()) {
            case DOCKER -> {
                facts.registry(caller, at, tag).registry(caller, at + pace, "@" + index);
                facts.registry(caller, at + 2L * pace, child);
                pull(tag, caller, at, " " + platform, step.upstream());
            }
            case UP_TO_DATE -> {
                facts.registry(caller, at, tag);
                pull(tag, caller, at, "", step.upstream());
            }
            case SKOPEO -> {
                facts.registry(caller, at, tag).registry(caller, at + pace, child);
                pull(tag, caller, at, " " + platform, step.upstream());
            }
            case SKOPEO_ALL -> {
                facts.registry(caller, at, tag).registry(caller, at + pace, child(index, "amd64"));
                facts.registry(caller, at + 2L * pace, child(index, "arm64"));
                pull(tag, caller, at, " amd64 arm64", step.upstream());
            }
            case SKOPEO_TWICE -> {
                facts.registry(caller, at, tag, tag).registry(caller, at + pace, child, child);
                pull(tag, caller, at, " " + platform, Upstream.NOTHING);
                pull(tag, caller, at, " " + platform, Upstream.NOTHING);
            }
            case ASK_GET_TAG -> {
                facts.registry(caller, at, tag).registry(caller, at + pace, tag);
                facts.registry(caller, at + 2L * pace, child);
                pull(tag, caller, at, " " + platform, Upstream.NOTHING);
            }
            case PINNED -> {
                facts.registry(caller, at, "@" + index).registry(caller, at + pace, "@" + index);
                facts.registry(caller, at + 2L * pace, child);
                pull("@" + index + " of " + tag, caller, at, " " + platform, Upstream.NOTHING);
            }
            case PINNED_PLATFORM -> {
                // what an index lists is taken for a part of a pull of up to five minutes before
                at += 301;
                facts.registry(caller, at, "@older/arm64").registry(caller, at + pace, "@older/arm64");
                pull("@older/arm64 of 1.26", caller, at, " arm64", Upstream.NOTHING);
            }
            case SINGLE -> {
                facts.registry(caller, at, "single").registry(caller, at + pace, "@plain");
                pull("single", caller, at, "", step.upstream());
            }
            case SDK -> {
                facts.sdk(caller, at, tag, tag, tag);
                for (int i = 0; i < 3; i++) {
                    pull(tag, caller, at, "", Upstream.NOTHING);
                }
            }
            case DENIED -> {
                facts.fails(caller, at, tag, "AccessDenied");
                pulls.add(new Pulled(tag, caller, at, "", Upstream.NOTHING, "AccessDenied"));
            }
            case NOT_THERE -> {
                String none = "none-" + pulls.size();
                facts.registry(caller, at, none).tripFails(at + 1.5, none, "ManifestNotFound");
                pulls.add(new Pulled(none, caller, at, "", Upstream.NOTHING, "ManifestNotFound"));
            }
        }
        clocks.put(step.session(), at + 2L * pace);
    }

    private void pull(String image, Caller caller, long second, String platforms, Upstream upstream) {
        pulls.add(new Pulled(image, caller, second, platforms, upstream, ""));
    }

    /** A trip is told of at once, and of two pulls in that time nobody can say whose it was. */
    private String outcome(Pulled pull) {
        if (!pull.failed().isEmpty()) {
            return "failed: " + pull.failed();
        }
        long near = pulls.stream()
                .filter(other -> other.image().equals(pull.image()))
                .filter(other -> Math.abs(other.second() - pull.second()) <= 6)
                .count();
        if (near > 1 || pull.upstream() == Upstream.NOTHING) {
            return "hit";
        }
        if (pull.upstream() == Upstream.BRINGS) {
            facts.trip(pull.second() + 1.5, pull.image());
            return "cold";
        }
        facts.tripFails(pull.second() + 1.5, pull.image(), "UpstreamUnavailable");
        return "stale";
    }

    private static String indexOf(String tag, long at) {
        return switch (tag) {
            case "1.27" -> "multi";
            case "1.26" -> "older";
            case "alias" -> "shared";
            default -> at < 0 ? "v1" : "v2";
        };
    }

    private static String child(String index, String platform) {
        return index.equals("shared") && platform.equals("amd64") ? "@multi/amd64" : "@" + index + "/" + platform;
    }

    /** The same fact, as if it were another one: what a reader takes it for who makes no union. */
    static Fact another(Fact fact, int number) {
        EventHash event = EventHash.of("copy " + number);
        return switch (fact) {
            case Fetch(var image, var caller, var same, var time, var registry, var error) ->
                new Fetch(image, caller, event, time, registry, error);
            case Sync(var image, var same, var time, var failure) -> new Sync(image, event, time, failure);
        };
    }
}
