package dev.larder.local.ecr.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.events.image.Digest;
import dev.larder.local.ecr.EcrEvents;
import dev.larder.local.ecr.state.EcrRegistry;
import dev.larder.local.ecr.state.Findings.Scan;
import dev.larder.local.ecr.state.Image;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Scans of images. Nothing is examined here: a scan finds nothing unless {@link #set} says otherwise. */
final class ScanActions {
    private static final Duration BETWEEN_SCANS = Duration.ofHours(24);
    private static final String NOTHING = "{\"findingSeverityCounts\":{},\"findings\":[]}";
    private static final List<String> LISTS = List.of("findings", "enhancedFindings");

    private final EcrRegistry registry;
    private final EcrEvents events;
    private final InstantSource clock;

    ScanActions(EcrRegistry registry, EcrEvents events, InstantSource clock) {
        this.registry = registry;
        this.events = events;
        this.clock = clock;
    }

    Map<String, Action> actions() {
        return Map.of("StartImageScan", this::start, "DescribeImageScanFindings", this::describe);
    }

    /** Lets the last scan of an image have found this: {@code ImageScanFindings} of the model. */
    void set(String repository, Digest digest, ObjectNode findings) {
        Model.ecr().check("imageScanFindings", "ImageScanFindings", findings);
        ImageId id = ImageId.of(digest, Optional.empty());
        Image image = Lookup.requireImage(registry, repository, id);
        complete(image, findings.toString());
    }

    private ObjectNode start(Request request) {
        Image image = image(request);
        if (!image.active()) {
            throw Errors.error("ImageArchivedException", "The image " + image.digest() + " is archived");
        }
        Optional<Scan> last = registry.findings().find(image.repository(), image.digest());
        if (last.isPresent() && clock.instant().isBefore(last.get().at().plus(BETWEEN_SCANS))) {
            throw Errors.error(
                    "LimitExceededException",
                    "The scan quota per image has been exceeded. Wait and try again: the last scan was at "
                            + last.get().at());
        }
        complete(image, last.map(Scan::findings).orElse(NOTHING));
        ObjectNode answer = Lookup.answer(registry, request);
        answer.set("imageId", request.imageId().json());
        answer.putObject("imageScanStatus").put("status", "IN_PROGRESS");
        return answer;
    }

    /** ECR scans in the background; here the scan is over when the answer comes. */
    private void complete(Image image, String findings) {
        registry.findings().put(image.repository(), image.digest(), new Scan("COMPLETE", clock.instant(), findings));
        events.scanCompleted(
                image.repository(),
                image.digest(),
                registry.images().tagsOf(image.repository(), image.digest()),
                ScanningActions.parse(findings).path("findingSeverityCounts") instanceof ObjectNode counts
                        ? counts
                        : Shapes.object());
    }

    private ObjectNode describe(Request request) {
        Image image = image(request);
        Scan scan = registry.findings()
                .find(image.repository(), image.digest())
                .orElseThrow(() -> Errors.error(
                        "ScanNotFoundException",
                        "Image scan does not exist for the image with '" + request.imageId()
                                + "' in the repository with name '" + image.repository() + "'"));
        ObjectNode answer = Lookup.answer(registry, request);
        answer.set(
                "imageId", ImageId.of(image.digest(), request.imageId().tag()).json());
        answer.putObject("imageScanStatus").put("status", scan.status());
        ObjectNode findings = answer.putObject("imageScanFindings");
        findings.setAll((ObjectNode) ScanningActions.parse(scan.findings()));
        Shapes.time(findings, "imageScanCompletedAt", scan.at());
        int from = position(request);
        int to = from + request.maxResults();
        boolean more = false;
        for (String list : LISTS) {
            more |= findings.path(list).size() > to;
            cut(findings, list, from, to);
        }
        if (more) {
            answer.put("nextToken", NextToken.write(request, String.valueOf(to)));
        }
        return answer;
    }

    private static void cut(ObjectNode findings, String list, int from, int to) {
        if (findings.path(list).isArray()) {
            JsonNode all = findings.path(list);
            ArrayNode page = findings.putArray(list);
            for (int i = from; i < Math.min(to, all.size()); i++) {
                page.add(all.path(i));
            }
        }
    }

    private static int position(Request request) {
        return request.after().map(Integer::parseInt).orElse(0);
    }

    private Image image(Request request) {
        String repository =
                Lookup.repository(registry, request.repositoryName()).name();
        return Lookup.requireImage(registry, repository, request.imageId());
    }
}
