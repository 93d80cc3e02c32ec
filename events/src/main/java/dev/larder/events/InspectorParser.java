package dev.larder.events;

import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;

/** Reads {@code Inspector2 Scan}. */
final class InspectorParser {
    private static final String REPOSITORY = ":repository/";

    private InspectorParser() {}

    static Event parse(Envelope envelope, JsonObject root) throws MalformedEventException {
        if (!envelope.detailType().equals("Inspector2 Scan")) {
            return new Ignored("detail-type '" + envelope.detailType() + "' of aws.inspector2 is not used");
        }
        JsonObject detail = root.object("detail");
        return new InspectorScan(
                envelope,
                detail.value("repository-name", "the ARN of a repository", InspectorParser::fromArn),
                detail.optional("image-digest", Digest::new),
                detail.values("image-tags", Tag::new),
                detail.text("scan-status"),
                ImageScanParser.severityCounts(detail));
    }

    private static RepositoryName fromArn(String arn) {
        int start = arn.indexOf(REPOSITORY);
        if (start < 0) {
            throw new IllegalArgumentException(
                    "not the ARN of a repository: '" + arn + "'; expected arn:aws:ecr:...:repository/<name>");
        }
        return new RepositoryName(arn.substring(start + REPOSITORY.length()));
    }
}
