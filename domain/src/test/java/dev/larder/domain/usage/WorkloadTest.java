package dev.larder.domain.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.events.ApiCall;
import dev.larder.events.EventParser;
import dev.larder.events.MalformedEventException;
import dev.larder.testevents.TestEvents;
import java.util.Locale;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.LowerChars;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkloadTest {
    private static final String UUID = "d1861451-6ee5-4069-ae5d-741cbb99692a";

    @ParameterizedTest
    @CsvSource({
        // published: AWS's EKS workshop, two pods; a request to EKS's roadmap; an error message of ECS
        "eks-eksworksho-app1-v1-56-d1861451-6ee5-4069-ae5d-741cbb99692a, pod/eksworksho/app1-v1-56",
        "eks-eksworksho-app1-498124c2-a555-40bf-9059-ca9a26821eb0,       pod/eksworksho/app1",
        "eks-k8s-wl-dev-engine-boo-5af5e7ac-5754-49ea-b28f-2c2a2eb95fbb, pod/k8s-wl-dev/engine-boo",
        "a20b735e9bbc41598825b6f0269f6fef, ecs-task/a20b735e9bbc41598825b6f0269f6fef",
        "i-053374f60a4d79830, node/i-053374f60a4d79830",
        "i-1234abcd, node/i-1234abcd"
    })
    void aSessionIsNamedAfterItsWorkload(String session, String workload) {
        assertEquals(workload, Workload.ofSession(session).orElseThrow().toString());
    }

    @Test
    void namesThatTheirDashesDoNotTellApartStayTogether() {
        assertEquals(
                "pod/a-b-c",
                Workload.ofSession("eks-a-b-c-" + UUID).orElseThrow().toString());
        assertEquals(
                "pod/a-cluster-of-long-name-and-pod",
                Workload.ofSession("eks-a-cluster-of-long-name-and-pod-" + UUID)
                        .orElseThrow()
                        .toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "botocore-session-1732442319",
                "aws-sdk-java-1732442319000",
                "mary",
                "build-7",
                "i-",
                "i-053374f60a4d7983",
                "i-xyzxyzxy",
                "a20b735e9bbc41598825b6f0269f6fe",
                "eks-prod-d1861451-6ee5-4069-ae5d-741cbb99692a",
                "eks-prod-builder"
            })
    void anyOtherNameTellsNothing(String session) {
        assertEquals(Optional.empty(), Workload.ofSession(session));
    }

    @Property
    void aPodWhoseNamesHaveNoDashIsSplit(
            @ForAll @AlphaChars @NumericChars @StringLength(min = 1, max = 10) String cluster,
            @ForAll @LowerChars @NumericChars @StringLength(min = 1, max = 10) String pod) {
        assertEquals(
                Optional.of(new Workload(Workload.Kind.POD, cluster + "/" + pod)),
                Workload.ofSession("eks-" + cluster + "-" + pod + "-" + UUID));
    }

    @Property
    void noPodIsSplitAtAWrongDash(
            @ForAll @LowerChars @Chars('-') @StringLength(min = 1, max = 10) String cluster,
            @ForAll @LowerChars @Chars('-') @StringLength(min = 1, max = 10) String pod) {
        // names of Kubernetes and EKS start with a letter or digit
        String name = "c" + cluster.substring(1);
        String own = "p" + pod.substring(1);
        String told = Workload.ofSession("eks-" + name + "-" + own + "-" + UUID)
                .orElseThrow()
                .name();
        assertTrue(told.equals(name + "/" + own) || told.equals(name + "-" + own), told);
    }

    @Property
    void anyTextIsReadOrTellsNothing(@ForAll String session) {
        Workload.ofSession(session)
                .ifPresent(workload -> assertTrue(workload.toString()
                        .startsWith(
                                workload.kind().name().toLowerCase(Locale.ROOT).replace('_', '-') + "/")));
    }

    @ParameterizedTest
    @CsvSource({
        "batch-get-image-node-role, node/i-053374f60a4d79830",
        "batch-get-image-pod-identity, pod/prod/builder-7c",
        "batch-get-image-ecs-task, ecs-task/0f2b6f0e7a534c0e9d4e000000000001",
        "batch-get-image-other-account-role, node/i-0f2b6f0e7a534c0e9",
        "batch-get-image-irsa, ''",
        "batch-get-image-other-account, ''",
        "batch-get-image-root, ''"
    })
    void aRecordTellsItsWorkload(String file, String workload) throws MalformedEventException {
        ApiCall call = (ApiCall) EventParser.parse(TestEvents.json("cloudtrail/" + file + ".json"));
        assertEquals(
                workload,
                call.call()
                        .principal()
                        .session()
                        .flatMap(Workload::ofSession)
                        .map(Workload::toString)
                        .orElse(""));
    }
}
