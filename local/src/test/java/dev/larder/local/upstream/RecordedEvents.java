package dev.larder.local.upstream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.events.image.Digest;
import dev.larder.local.aws.Caller;
import dev.larder.local.aws.JsonService.Via;
import dev.larder.local.ecr.CacheRule;
import dev.larder.local.ecr.EcrEvents;
import dev.larder.local.ecr.StorageClassUpdate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps the events as lines of text. */
public final class RecordedEvents implements EcrEvents {
    public final List<String> lines = new CopyOnWriteArrayList<>();

    @Override
    public void imageAction(String action, String repository, Digest digest, Optional<String> tag) {
        lines.add(action + " " + repository + tag.map(name -> ":" + name).orElse("@child"));
    }

    @Override
    public void storageClassUpdated(StorageClassUpdate update) {
        lines.add(update.target() + " " + update.repository());
    }

    @Override
    public void scanCompleted(String repository, Digest digest, List<String> tags, ObjectNode severityCounts) {
        lines.add("SCAN " + repository);
    }

    @Override
    public void pullThroughSucceeded(CacheRule rule, String repository, String reference, Digest digest) {
        lines.add("SUCCESS " + repository + ":" + reference + " " + digest);
    }

    @Override
    public void pullThroughFailed(
            CacheRule rule, String repository, String reference, String failureCode, String reason) {
        lines.add("FAILURE " + repository + ":" + reference + " " + failureCode);
    }

    @Override
    public void apiCall(
            Caller caller,
            Via via,
            String eventName,
            boolean readOnly,
            String repository,
            ObjectNode requestParameters,
            Optional<String> errorCode) {
        lines.add("API " + eventName + " " + repository);
    }
}
