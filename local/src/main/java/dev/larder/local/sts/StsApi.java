package dev.larder.local.sts;

import dev.larder.local.aws.AwsException;
import dev.larder.local.aws.Caller;
import dev.larder.local.front.AwsService;
import dev.larder.local.front.Call;
import dev.larder.local.front.Json;
import dev.larder.local.front.Reply;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** STS: {@code GetCallerIdentity} and {@code AssumeRole}, with the query protocol. Trust policies are not evaluated. */
public final class StsApi implements AwsService {
    private static final Duration SESSION = Duration.ofHours(1);

    private final Callers callers;
    private final InstantSource clock;

    /** @param clock the time at which sessions are said to expire */
    public StsApi(Callers callers, InstantSource clock) {
        this.callers = callers;
        this.clock = clock;
    }

    @Override
    public Reply handle(Call call) {
        return switch (call.action()) {
            case "GetCallerIdentity" -> result("GetCallerIdentity", identity(call.caller()));
            case "AssumeRole" -> result("AssumeRole", assume(call.parameters()));
            default ->
                throw new AwsException(
                        400,
                        "InvalidAction",
                        "the local cloud's STS has GetCallerIdentity and AssumeRole, not '" + call.action() + "'");
        };
    }

    private static String identity(Caller caller) {
        return element("Arn", caller.arn())
                + element("UserId", caller.accessKeyId())
                + element("Account", caller.account());
    }

    private String assume(Map<String, String> parameters) {
        String role = parameters.getOrDefault("RoleArn", "");
        String session = parameters.getOrDefault("RoleSessionName", "");
        if (!role.contains(":role/") || session.isEmpty()) {
            throw new AwsException(
                    400, "ValidationError", "AssumeRole needs RoleArn, the ARN of a role, and RoleSessionName");
        }
        Caller caller = callers.session(role, session);
        String expiration =
                clock.instant().plus(SESSION).truncatedTo(ChronoUnit.SECONDS).toString();
        return "<Credentials>" + element("AccessKeyId", caller.accessKeyId())
                + element("SecretAccessKey", "local") + element("SessionToken", "local")
                + element("Expiration", expiration) + "</Credentials><AssumedRoleUser>"
                + element("AssumedRoleId", caller.accessKeyId() + ":" + session) + element("Arn", caller.arn())
                + "</AssumedRoleUser>";
    }

    private static Reply result(String action, String content) {
        return Reply.xml(
                200,
                "<" + action + "Response xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><" + action + "Result>"
                        + content + "</" + action + "Result><ResponseMetadata>"
                        + element("RequestId", Json.requestId()) + "</ResponseMetadata></" + action + "Response>");
    }

    private static String element(String name, String text) {
        return "<" + name + ">" + Reply.escape(text) + "</" + name + ">";
    }
}
