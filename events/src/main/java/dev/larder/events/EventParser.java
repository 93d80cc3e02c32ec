package dev.larder.events;

/**
 * Reads the documents that reach Larder's functions: events as EventBridge delivers them, Scheduler's invocations,
 * warm orders and pieces of a sweep. Members that Larder does not use are passed over, so AWS may add some.
 */
public final class EventParser {
    private EventParser() {}

    /**
     * Reads one document.
     *
     * @return what happened; {@link Ignored} for a source, detail-type or call that Larder has no use for
     * @throws MalformedEventException when it is no JSON object with a {@code source}, or of a known kind but broken
     */
    public static Event parse(String json) throws MalformedEventException {
        JsonObject root = JsonObject.parse(json);
        String source = root.text("source");
        return switch (source) {
            case "aws.ecr" -> ecr(root);
            case "aws.inspector2" -> InspectorParser.parse(EnvelopeParser.parse(root), root);
            case OwnEvent.SOURCE -> OwnParser.parse(EnvelopeParser.parse(root), root);
            case ScheduledRun.SOURCE -> SchedulerParser.parse(root);
            case WarmOrder.SOURCE -> WarmOrderParser.parse(root);
            case LifecycleWork.SOURCE -> LifecycleWorkJson.parse(root);
            default -> new Ignored("source '" + source + "' is not used");
        };
    }

    private static Event ecr(JsonObject root) throws MalformedEventException {
        Envelope envelope = EnvelopeParser.parse(root);
        JsonObject detail = root.object("detail");
        return switch (envelope.detailType()) {
            case "ECR Image Action" -> ImageActionParser.image(envelope, detail);
            case "ECR Referrer Action" -> ImageActionParser.referrer(envelope, detail);
            case "ECR Pull Through Cache Action" -> PullThroughCacheParser.parse(envelope, detail);
            case "ECR Image Scan" -> ImageScanParser.parse(envelope, detail);
            case "ECR Scan Resource Change" -> ScanResourceChangeParser.parse(envelope, detail);
            case "ECR Replication Action" -> ReplicationParser.parse(envelope, detail);
            case "AWS API Call via CloudTrail" -> CloudTrailParser.parse(envelope, detail);
            default -> new Ignored("detail-type '" + envelope.detailType() + "' of aws.ecr is not used");
        };
    }
}
