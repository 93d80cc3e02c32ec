package dev.larder.local.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.larder.events.image.Digest;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecr.model.BatchGetImageResponse;
import software.amazon.awssdk.services.ecr.model.DescribeImagesResponse;
import software.amazon.awssdk.services.ecr.model.ImageDetail;

/** What ECR says of images, and does not: whatever is not known of one keeps it. */
class BadDescriptionsIT extends SweptCloud {
    @Test
    void whatWasPushedAndPulledHoursFromNowStays() {
        Digest image = push("clock/app", "1");
        ahead = Duration.ofHours(-5);
        assertEquals(Map.of("pushed", 1L), sweep("clock", true).counts());
        ahead = Duration.ofDays(40);
        describe(detail -> detail.toBuilder()
                .lastRecordedPullTime(now().plus(Duration.ofHours(5)))
                .build());
        assertEquals(Map.of("pulled", 1L), sweep("clock", true).counts());
        assertEquals(Set.of(image), left("clock/app"));
    }

    @Test
    void whatEcrDoesNotSayOfAnImageKeepsIt() {
        Digest size = push("bare/app", "size");
        Digest date = push("bare/app", "date");
        Digest type = push("bare/app", "type");
        push("bare/app", "whole");
        describe(detail -> {
            ImageDetail.Builder bare = detail.toBuilder();
            switch (detail.imageTags().getFirst()) {
                case "size" -> bare.imageSizeInBytes(null);
                case "date" -> bare.imagePushedAt(null);
                case "type" -> bare.imageManifestMediaType(null);
                default -> {}
            }
            return bare.build();
        });
        assertEquals(Map.of("unknown", 3L, "evicted", 1L), sweep("bare", true).counts());
        assertEquals(Set.of(size, date, type), left("bare/app"));
    }

    @Test
    void whatIsOfAnUnknownMediaTypeStaysAndWhateverItMayList() {
        Digest child = push("type/app", null);
        Digest strange = push("type/app", "strange");
        push("type/app", "known");
        describe(detail -> detail.imageTags().contains("strange")
                ? detail.toBuilder()
                        .imageManifestMediaType("application/vnd.example.bundle.v1+json")
                        .build()
                : detail);
        assertEquals(
                Map.of("unknown", 1L, "maybe listed", 1L, "evicted", 1L),
                sweep("type", true).counts());
        assertEquals(Set.of(child, strange), left("type/app"));
    }

    @Test
    void whatRefersToEachOtherInACircleStays() {
        Digest one = push("circle/app", "1");
        Digest two = push("circle/app", "2");
        describe(detail -> detail.toBuilder()
                .subjectManifestDigest((detail.imageDigest().equals(one.value()) ? two : one).value())
                .build());
        assertEquals(Map.of("circle", 2L), sweep("circle", true).counts());
        assertEquals(Set.of(one, two), left("circle/app"));
    }

    @Test
    void whatIsReferredToAndNotThereKeepsNothing() {
        Digest nowhere = new Digest("sha256:" + "ab".repeat(32));
        push("missing/app", "subject");
        push("missing/app", "child");
        TOLD.by(answer -> switch (answer) {
            case DescribeImagesResponse images ->
                changed(
                        images,
                        detail -> detail.imageTags().contains("subject")
                                ? detail.toBuilder()
                                        .subjectManifestDigest(nowhere.value())
                                        .build()
                                : detail);
            case BatchGetImageResponse images ->
                images.toBuilder()
                        .images(images.images().stream()
                                .map(image -> image.toBuilder()
                                        .imageManifest(index(9, nowhere))
                                        .build())
                                .toList())
                        .build();
            default -> answer;
        });
        assertEquals(Map.of("evicted", 2L), sweep("missing", true).counts());
        assertEquals(Set.of(), left("missing/app"));
    }

    @Test
    void anIndexThatIsNotJsonStaysWithWhateverItMayList() {
        Digest child = push("torn/app", null);
        Digest torn = push("torn/app", "torn");
        TOLD.by(answer -> answer instanceof BatchGetImageResponse images
                ? images.toBuilder()
                        .images(images.images().stream()
                                .map(image ->
                                        image.toBuilder().imageManifest("{").build())
                                .toList())
                        .build()
                : answer);
        assertEquals(2L, sweep("torn", true).counts().get("unknown"));
        assertEquals(Set.of(child, torn), left("torn/app"));
    }
}
