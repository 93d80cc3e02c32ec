package dev.larder.functions.inuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.events.image.ImageReference;
import dev.larder.functions.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ClientException;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionFamiliesRequest;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionFamiliesResponse;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionsRequest;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionsResponse;
import software.amazon.awssdk.services.ecs.model.SortOrder;

/** How often ECS is asked for what task definitions name. */
class TaskDefinitionsTest {
    private static final RegistryHosts HOSTS = RegistryHosts.of("111122223333/eu-central-1", Set.of());
    private static final String HOST = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/";

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-26T10:00:00Z"));
    private final Definitions ecs = new Definitions(clock);
    private final TaskDefinitions definitions = new TaskDefinitions(ecs, clock);

    private Map<String, String> newest() {
        ecs.calls.clear();
        clock.advance(Duration.ofMinutes(5));
        Sighted sighted = new Sighted(HOSTS);
        definitions.newest(sighted, whole());
        return sighted.images().entrySet().stream()
                .collect(Collectors.toMap(each -> text(each.getKey()), Map.Entry::getValue));
    }

    private static String text(ImageReference image) {
        return image.toString();
    }

    @Test
    void aRevisionIsDescribedOnceAndTheNewestOnesAreListed() {
        for (int family = 0; family < 30; family++) {
            for (int revision = 1; revision <= 12; revision++) {
                ecs.register("f" + family, revision, "team/app:" + family + "." + revision);
            }
        }
        Map<String, String> first = newest();
        assertEquals(30, first.size());
        assertEquals("the newest revision of the task definition f7", first.get("team/app:7.12"));
        assertEquals(30, ecs.count("DescribeTaskDefinition"));
        assertEquals(first, newest());
        assertEquals(0, ecs.count("DescribeTaskDefinition"), ecs.calls::toString);
        assertEquals(4, ecs.count("ListTaskDefinitions"), "360 revisions");
    }

    @Test
    void aRevisionThatIsNewIsSeenByTheNextReadingAndOneThatIsDeregisteredNoMore() {
        for (int family = 0; family < 3; family++) {
            ecs.register("f" + family, 9, "team/app:" + family + ".9");
        }
        assertEquals(Set.of("team/app:0.9", "team/app:1.9", "team/app:2.9"), newest().keySet());
        ecs.register("f1", 10, "team/app:1.10");
        assertEquals(Set.of("team/app:0.9", "team/app:1.10", "team/app:2.9"), newest().keySet());
        assertEquals(1, ecs.count("DescribeTaskDefinition"));
        ecs.active.remove(Definitions.arn("f1", 10));
        assertEquals(Set.of("team/app:0.9", "team/app:1.9", "team/app:2.9"), newest().keySet());
        assertEquals(0, ecs.count("DescribeTaskDefinition"));
    }

    @Test
    void familiesWithVeryManyRevisionsAreAskedForByName() {
        for (int family = 0; family < 3; family++) {
            for (int revision = 1; revision <= 150; revision++) {
                ecs.register("f" + family, revision, "team/app:" + family + "." + revision);
            }
        }
        Set<String> expected = Set.of("team/app:0.150", "team/app:1.150", "team/app:2.150");
        assertEquals(expected, newest().keySet());
        assertEquals(2, ecs.count("ListTaskDefinitions"), "no more than it may save");
        assertEquals(expected, newest().keySet());
        assertEquals(0, ecs.count("ListTaskDefinitions"));
        assertEquals(3, ecs.count("DescribeTaskDefinition"));
    }

    private AskingTime whole() {
        return new AskingTime(Duration.ofDays(1), clock);
    }

    /** In the time of so many descriptions. */
    private boolean readAhead(int descriptions) {
        ecs.describing = Duration.ofMillis(10);
        try {
            definitions.newest(new Sighted(HOSTS), new AskingTime(ecs.describing.multipliedBy(descriptions), clock));
            return true;
        } catch (AskingTime.IsOver over) {
            return false;
        } finally {
            ecs.describing = Duration.ZERO;
        }
    }

    private void register(int families, int revisions) {
        for (int family = 0; family < families; family++) {
            for (int revision = 1; revision <= revisions; revision++) {
                ecs.register("f" + family, revision, "team/app:" + family + "." + revision);
            }
        }
    }

    @Test
    void whatIsReadAheadIsNotReadAgain() {
        register(4, 3);
        assertTrue(readAhead(4));
        ecs.calls.clear();
        Sighted sighted = new Sighted(HOSTS);
        definitions.newest(sighted, whole());
        assertEquals(4, sighted.images().size());
        assertEquals(List.of(), ecs.calls);
    }

    @Test
    void revisionsThatAListTellsAreReadAheadPartByPart() {
        register(250, 2);
        assertFalse(readAhead(100));
        assertFalse(readAhead(100));
        assertTrue(readAhead(100));
        assertEquals(250, ecs.count("DescribeTaskDefinition"));
        assertEquals(250, newest().size());
        assertEquals(0, ecs.count("DescribeTaskDefinition"));
    }

    @Test
    void familiesThatAreAskedForByNameAreReadAheadPartByPart() {
        register(20, 200);
        assertFalse(readAhead(8));
        assertEquals(8, ecs.count("DescribeTaskDefinition"));
        assertFalse(readAhead(8));
        assertTrue(readAhead(8));
        assertEquals(20, ecs.count("DescribeTaskDefinition"));
        Sighted sighted = new Sighted(HOSTS);
        definitions.newest(sighted, whole());
        assertEquals(20, sighted.images().size());
        assertEquals(20, ecs.count("DescribeTaskDefinition"), "each once");
    }

    @Test
    void whatAFamilyNamesIsGoodForASecondForEachFamilyAndFamiliesThatAreNewAreSeenAtOnce() {
        register(20, 200);
        assertTrue(readAhead(20));
        ecs.register("f7", 201, "team/app:7.201");
        ecs.register("fresh", 1, "team/app:fresh");
        clock.advance(Duration.ofSeconds(19));
        Sighted sighted = new Sighted(HOSTS);
        definitions.newest(sighted, whole());
        assertTrue(sighted.images().containsKey(ImageReference.parse("team/app:fresh")));
        assertFalse(sighted.images().containsKey(ImageReference.parse("team/app:7.201")));
        clock.advance(Duration.ofSeconds(1));
        definitions.newest(sighted, whole());
        assertTrue(sighted.images().containsKey(ImageReference.parse("team/app:7.201")));
    }

    @Test
    void aClockThatWentBackMakesNothingGoodForLonger() {
        register(3, 2);
        assertEquals(3, newest().size());
        ecs.register("f1", 3, "team/app:1.3");
        clock.advance(Duration.ofHours(-2));
        assertTrue(newest().containsKey("team/app:1.3"));
    }

    @Test
    void aListThatIsVeryLongIsGivenUp() {
        ecs.page = 1;
        register(NewestRevisions.LIST + 10, 1);
        assertEquals(NewestRevisions.LIST + 10, newest().size());
        assertEquals(NewestRevisions.LIST, ecs.count("ListTaskDefinitions"));
        assertEquals(NewestRevisions.LIST + 10, ecs.count("DescribeTaskDefinition"));
    }

    @Test
    void whatATaskRunsFromIsInUseByWhateverNameItIsAskedFor() {
        ecs.register("f", 1, "team/app:1");
        Sighted sighted = new Sighted(HOSTS);
        definitions.of("f", "a task", sighted, whole());
        assertEquals(
                Set.of(ImageReference.parse("team/app:1")), sighted.images().keySet());
    }

    /** Task definitions as ECS lists and describes them, by its API model. */
    private static final class Definitions implements EcsClient {
        private final MovableClock clock;
        private int page = 100;
        private Duration describing = Duration.ZERO;

        private Definitions(MovableClock clock) {
            this.clock = clock;
        }

        private final NavigableMap<String, String> active =
                new TreeMap<>(Comparator.comparing(Definitions::family).thenComparingInt(Definitions::revision));
        private final List<String> calls = new ArrayList<>();

        static String arn(String family, int revision) {
            return "arn:aws:ecs:eu-central-1:111122223333:task-definition/" + family + ":" + revision;
        }

        private static String family(String arn) {
            return arn.substring(arn.lastIndexOf('/') + 1, arn.lastIndexOf(':'));
        }

        private static int revision(String arn) {
            return Integer.parseInt(arn.substring(arn.lastIndexOf(':') + 1));
        }

        void register(String family, int revision, String image) {
            active.put(arn(family, revision), HOST + image);
        }

        long count(String action) {
            return calls.stream().filter(action::equals).count();
        }

        @Override
        public ListTaskDefinitionFamiliesResponse listTaskDefinitionFamilies(
                ListTaskDefinitionFamiliesRequest request) {
            calls.add("ListTaskDefinitionFamilies");
            return ListTaskDefinitionFamiliesResponse.builder()
                    .families(active.keySet().stream()
                            .map(Definitions::family)
                            .distinct()
                            .toList())
                    .build();
        }

        @Override
        public ListTaskDefinitionsResponse listTaskDefinitions(ListTaskDefinitionsRequest request) {
            calls.add("ListTaskDefinitions");
            List<String> arns = List.copyOf(
                    request.sort() == SortOrder.DESC ? active.descendingKeySet() : active.navigableKeySet());
            int from = request.nextToken() == null ? 0 : Integer.parseInt(request.nextToken());
            int to = Math.min(arns.size(), from + page);
            ListTaskDefinitionsResponse.Builder answer =
                    ListTaskDefinitionsResponse.builder().taskDefinitionArns(arns.subList(from, to));
            return to < arns.size() ? answer.nextToken(String.valueOf(to)).build() : answer.build();
        }

        @Override
        public DescribeTaskDefinitionResponse describeTaskDefinition(DescribeTaskDefinitionRequest request) {
            calls.add("DescribeTaskDefinition");
            clock.advance(describing);
            String name = request.taskDefinition();
            Map.Entry<String, String> found = active.entrySet().stream()
                    .filter(each -> name.equals(each.getKey()) || name.equals(family(each.getKey())))
                    .reduce((older, newer) -> newer)
                    .orElseThrow(() -> ClientException.builder()
                            .message("Unable to describe task definition.")
                            .build());
            return DescribeTaskDefinitionResponse.builder()
                    .taskDefinition(definition -> definition
                            .taskDefinitionArn(found.getKey())
                            .containerDefinitions(ContainerDefinition.builder()
                                    .image(found.getValue())
                                    .build()))
                    .build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {
            // holds nothing
        }
    }
}
