package dev.larder.functions.inuse;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionsResponse;
import software.amazon.awssdk.services.ecs.model.SortOrder;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionFamilyStatus;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionStatus;

/**
 * Which active revision of each family of task definitions is the newest. A list of all active revisions tells, a hundred in
 * a call; where there are so many that this is the longer way, each family is asked for by name. ECS allows 20 of these calls
 * in a second to a whole account (ECS API, "Request throttling"), which its deployments need, so an answer is good for a second
 * for each call that such a reading takes.
 */
final class NewestRevisions {
    /** A list takes no more calls than this, and no more than there are families. */
    static final int LIST = 300;

    private final EcsClient client;
    private final Function<String, Optional<String>> byName;
    private final InstantSource clock;
    private final Map<String, Answer<Optional<String>>> found = new HashMap<>();
    private Answer<Map<String, String>> listed = new Answer<>(Map.of(), Instant.MAX, Instant.MIN);

    /** With so many families, or fewer, the list of all revisions is the longer way. */
    private int tooFew;

    /** @param byName the newest active revision of a family; absent when it has none any more */
    NewestRevisions(EcsClient client, Function<String, Optional<String>> byName, InstantSource clock) {
        this.client = client;
        this.byName = byName;
        this.clock = clock;
    }

    private record Answer<T>(T value, Instant asked, Instant until) {
        static <T> Answer<T> of(T value, Instant asked, int calls) {
            return new Answer<>(value, asked, asked.plus(Duration.ofSeconds(calls)));
        }

        boolean isGood(Instant now) {
            return !now.isBefore(asked) && now.isBefore(until);
        }
    }

    /** The ARNs of all of them, by the family's name. */
    synchronized Map<String, String> all(AskingTime time) {
        if (listed.isGood(clock.instant())) {
            return listed.value();
        }
        Set<String> families = client
                .listTaskDefinitionFamiliesPaginator(list -> list.status(TaskDefinitionFamilyStatus.ACTIVE))
                .families()
                .stream()
                .collect(Collectors.toSet());
        return list(families.size()).orElseGet(() -> byName(families, time));
    }

    private Map<String, String> byName(Set<String> families, AskingTime time) {
        Instant now = clock.instant();
        found.keySet().retainAll(families);
        found.values().removeIf(answer -> !answer.isGood(now));
        for (String family : families) {
            if (!found.containsKey(family)) {
                Instant asked = clock.instant();
                found.put(family, Answer.of(time.take(() -> byName.apply(family)), asked, families.size()));
            }
        }
        Map<String, String> newest = new HashMap<>();
        found.forEach((family, answer) -> answer.value().ifPresent(arn -> newest.put(family, arn)));
        return newest;
    }

    /** Absent when the list would be the longer way. */
    private Optional<Map<String, String>> list(int families) {
        if (families <= tooFew) {
            return Optional.empty();
        }
        Instant asked = clock.instant();
        Map<String, String> newest = new HashMap<>();
        // each page is asked for when its turn comes
        Iterator<ListTaskDefinitionsResponse> pages = client.listTaskDefinitionsPaginator(
                        list -> list.status(TaskDefinitionStatus.ACTIVE).sort(SortOrder.DESC))
                .iterator();
        int calls = 0;
        while (pages.hasNext()) {
            if (++calls >= families || calls > LIST) {
                tooFew = families;
                return Optional.empty();
            }
            pages.next().taskDefinitionArns().forEach(arn -> newest.merge(family(arn), arn, NewestRevisions::newer));
        }
        listed = Answer.of(Map.copyOf(newest), asked, calls);
        return Optional.of(listed.value());
    }

    /** Of an ARN, which ends with {@code task-definition/family:revision}. */
    private static String family(String arn) {
        return arn.substring(arn.lastIndexOf('/') + 1, arn.lastIndexOf(':'));
    }

    private static String newer(String one, String other) {
        return revision(one) > revision(other) ? one : other;
    }

    private static long revision(String arn) {
        return Long.parseLong(arn.substring(arn.lastIndexOf(':') + 1));
    }
}
