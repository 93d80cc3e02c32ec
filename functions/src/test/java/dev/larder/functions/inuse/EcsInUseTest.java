package dev.larder.functions.inuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.functions.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.EcsException;
import software.amazon.awssdk.services.ecs.model.ListClustersRequest;
import software.amazon.awssdk.services.ecs.model.ListClustersResponse;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionFamiliesRequest;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionFamiliesResponse;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionsRequest;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionsResponse;

/** How ECS is read in turns. */
class EcsInUseTest {
    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-26T10:00:00Z"));
    private final Families ecs = new Families();
    private final EcsInUse inUse =
            new EcsInUse(ecs, RegistryHosts.of("111122223333/eu-central-1", Set.of()), Duration.ofMinutes(5), clock);

    @Test
    void whatWasReadAheadIsTheAnswerThatIsAskedForRightAfterItAndNoLaterOne() {
        assertTrue(inUse.readAhead());
        int calls = ecs.calls;
        assertEquals(4, inUse.now().getFirst().images().size());
        assertEquals(calls, ecs.calls);
        inUse.now();
        assertTrue(ecs.calls > calls, "once");
        assertTrue(inUse.readAhead());
        int later = ecs.calls;
        clock.advance(Duration.ofSeconds(1));
        inUse.now();
        assertTrue(ecs.calls > later, "it is old");
    }

    @Test
    void whatTakesLongerThanFiveMinutesGoesOnWithTheNextTurn() {
        ecs.describing = Duration.ofMinutes(2);
        assertFalse(inUse.readAhead());
        assertEquals(3, ecs.described.size());
        assertTrue(inUse.readAhead());
        assertEquals(4, ecs.described.size(), "each once");
        assertEquals(4, inUse.now().getFirst().images().size());
    }

    @Test
    void aReadingThatNobodyBeganAheadIsOverAfterFiveMinutesAsWell() {
        ecs.describing = Duration.ofMinutes(2);
        assertEquals(
                Optional.of(
                        "to ask what its task definitions name takes more than 5 minutes; the next reading goes on"),
                inUse.now().getFirst().unreadable());
        assertEquals(4, inUse.now().getFirst().images().size());
    }

    @Test
    void whileEcsSaysThatItIsTooMuchItIsAskedLater() {
        ecs.refusal = Optional.of("ThrottlingException");
        assertFalse(inUse.readAhead());
    }

    @Test
    void whatMayNotBeReadIsToldByTheReading() {
        ecs.refusal = Optional.of("AccessDeniedException");
        assertTrue(inUse.readAhead());
        String why = inUse.now().getFirst().unreadable().orElseThrow();
        assertTrue(why.startsWith("AccessDeniedException: no; the function's role needs ecs:ListClusters"), why);
    }

    /** Four families of two revisions. */
    private final class Families implements EcsClient {
        private static final String PREFIX = "arn:aws:ecs:eu-central-1:111122223333:task-definition/";
        private int calls;
        private Duration describing = Duration.ZERO;
        private Optional<String> refusal = Optional.empty();
        private final List<String> described = new ArrayList<>();

        @Override
        public ListClustersResponse listClusters(ListClustersRequest request) {
            calls++;
            refusal.ifPresent(code -> {
                throw EcsException.builder()
                        .awsErrorDetails(AwsErrorDetails.builder()
                                .errorCode(code)
                                .errorMessage("no")
                                .build())
                        .build();
            });
            return ListClustersResponse.builder().clusterArns(List.of()).build();
        }

        @Override
        public ListTaskDefinitionFamiliesResponse listTaskDefinitionFamilies(
                ListTaskDefinitionFamiliesRequest request) {
            calls++;
            return ListTaskDefinitionFamiliesResponse.builder()
                    .families("a", "b", "c", "d")
                    .build();
        }

        @Override
        public ListTaskDefinitionsResponse listTaskDefinitions(ListTaskDefinitionsRequest request) {
            calls++;
            return ListTaskDefinitionsResponse.builder()
                    .taskDefinitionArns(List.of("a", "b", "c", "d").stream()
                            .map(family -> PREFIX + family + ":2")
                            .toList())
                    .build();
        }

        @Override
        public DescribeTaskDefinitionResponse describeTaskDefinition(DescribeTaskDefinitionRequest request) {
            calls++;
            clock.advance(describing);
            described.add(request.taskDefinition());
            return DescribeTaskDefinitionResponse.builder()
                    .taskDefinition(definition -> definition
                            .taskDefinitionArn(request.taskDefinition())
                            .containerDefinitions(ContainerDefinition.builder()
                                    .image("111122223333.dkr.ecr.eu-central-1.amazonaws.com/team/app:"
                                            + described.size())
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
