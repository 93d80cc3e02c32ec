package dev.larder.local.front;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.local.aws.AwsException;
import dev.larder.local.aws.JsonService;

/** The AWS JSON 1.1 protocol around a service: the action is in a header, errors have a {@code __type}. */
public record JsonProtocol(JsonService service) implements AwsService {
    private static final String TYPE = "application/x-amz-json-1.1";

    @Override
    public Reply handle(Call call) {
        ObjectNode answer = service.call(call.action(), Json.read(call.text()), call.caller(), JsonService.Via.API);
        return Reply.json(200, TYPE, answer);
    }

    static Reply error(AwsException e) {
        return Reply.json(
                e.status(), TYPE, Json.object().put("__type", e.code()).put("message", e.message()));
    }
}
