package dev.larder.functions.objections;

import dev.larder.domain.lifecycle.Guard;
import dev.larder.domain.lifecycle.Manifest;
import dev.larder.domain.lifecycle.Objection;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.Remembered;
import dev.larder.functions.lifecycle.Objections;
import dev.larder.functions.objections.EachCandidate.Said;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.AwsEcrContainerImageDetails;
import software.amazon.awssdk.services.ecr.model.DescribeImageScanFindingsResponse;
import software.amazon.awssdk.services.ecr.model.ResourceDetails;
import software.amazon.awssdk.services.ecr.model.ScanNotFoundException;
import software.amazon.awssdk.services.ecr.model.ScanStatus;
import software.amazon.awssdk.services.ecr.model.ScanType;

/**
 * ECR's own count of the ECS and EKS clusters that run an image, and when one last did. Both are in the findings of
 * enhanced scanning and nowhere else (ecr-facts 3.6): without that, for an image without a finding, and for one that is not
 * scanned for good, ECR says nothing, and nothing is held against the image. While a scan is under way, or failed, it may
 * have something to say later.
 */
public final class EcrFindings implements Objections {
    private static final Duration CONFIGURATION = Duration.ofMinutes(5);

    /** With these the findings are not what they will be (ECR's API model, ScanStatus). */
    private static final Set<ScanStatus> UNSETTLED = EnumSet.of(
            ScanStatus.PENDING,
            ScanStatus.IN_PROGRESS,
            ScanStatus.FAILED,
            ScanStatus.FINDINGS_UNAVAILABLE,
            ScanStatus.LIMIT_EXCEEDED);

    private static final String COUNT = "ECR's in-use count: ";

    /** Every finding of an image tells of the image; the first page has more than enough of them. */
    private static final int FINDINGS = 100;

    private final EcrClient client;
    private final InstantSource clock;
    private final Remembered<Boolean> enhanced;

    /** @param clock of what is long ago */
    public EcrFindings(EcrClient client, InstantSource clock) {
        this.client = client;
        this.clock = clock;
        this.enhanced = new Remembered<>(() -> isEnhanced(client), CONFIGURATION, clock);
    }

    private static boolean isEnhanced(EcrClient client) {
        return Optional.ofNullable(
                        client.getRegistryScanningConfiguration(get -> {}).scanningConfiguration())
                .filter(configuration -> configuration.scanType() == ScanType.ENHANCED)
                .isPresent();
    }

    @Override
    public Asked of(RepositoryName repository, List<Manifest> candidates, Duration unused, boolean evictGone) {
        try {
            if (!enhanced.get()) {
                return Asked.seen(candidates, COUNT + "none, as the registry has no enhanced scanning");
            }
        } catch (SdkException e) {
            return EachCandidate.all(
                    candidates,
                    new Objection(
                            Guard.IN_USE_UNREADABLE,
                            "how the registry is scanned could not be read: "
                                    + EcrErrors.text(e, "ecr:GetRegistryScanningConfiguration")));
        }
        Instant since = clock.instant().minus(unused);
        return EachCandidate.ask(
                candidates,
                Guard.IN_USE_UNREADABLE,
                "ECR's count of the clusters that run it",
                "ecr:DescribeImageScanFindings and inspector2:ListFindings",
                manifest -> ask(manifest, since));
    }

    private Said ask(Manifest manifest, Instant since) {
        DescribeImageScanFindingsResponse answer;
        try {
            answer = client.describeImageScanFindings(
                    describe -> describe.repositoryName(manifest.repository().value())
                            .imageId(id -> id.imageDigest(manifest.digest().value()))
                            .maxResults(FINDINGS));
        } catch (ScanNotFoundException notScanned) {
            return new Said(Optional.empty(), COUNT + "none, as it is not scanned");
        }
        if (answer.imageScanStatus() != null
                && UNSETTLED.contains(answer.imageScanStatus().status())) {
            String why = "ECR's count of the clusters that run it is not known while its scan is "
                    + answer.imageScanStatus().statusAsString();
            return new Said(Optional.of(new Objection(Guard.IN_USE_UNREADABLE, why)), why);
        }
        return said(answer, since);
    }

    private static Said said(DescribeImageScanFindingsResponse answer, Instant since) {
        if (answer.imageScanFindings() == null) {
            return new Said(Optional.empty(), COUNT + "none, as nothing was found in it");
        }
        List<AwsEcrContainerImageDetails> details = answer.imageScanFindings().enhancedFindings().stream()
                .flatMap(finding -> finding.resources().stream())
                .map(resource -> resource.details())
                .filter(Objects::nonNull)
                .map(ResourceDetails::awsEcrContainerImage)
                .filter(Objects::nonNull)
                .toList();
        Optional<Instant> last = details.stream()
                .map(AwsEcrContainerImageDetails::lastInUseAt)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder());
        long clusters = details.stream()
                .map(AwsEcrContainerImageDetails::inUseCount)
                .filter(Objects::nonNull)
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
        String count = details.isEmpty() ? "none, as nothing was found in it" : clusters + " clusters run it";
        return new Said(
                objection(clusters, last, since),
                COUNT + count + last.map(at -> ", the last time at " + at).orElse(""));
    }

    private static Optional<Objection> objection(long clusters, Optional<Instant> last, Instant since) {
        if (clusters > 0) {
            return Optional.of(new Objection(
                    Guard.IN_USE,
                    "ECR counts " + clusters + " ECS or EKS cluster" + (clusters == 1 ? "" : "s") + " that run it"
                            + last.map(at -> ", the last time at " + at).orElse("")));
        }
        return last.filter(at -> at.isAfter(since))
                .map(at -> new Objection(Guard.IN_USE, "a cluster last ran it at " + at + ", says ECR"));
    }
}
