package dev.larder.events;

import java.util.Optional;

/** Reads what every CloudTrail record has. */
final class CallRecordParser {
    private CallRecordParser() {}

    static CallRecord parse(Envelope envelope, JsonObject detail) throws MalformedEventException {
        return new CallRecord(
                envelope,
                detail.text("eventID"),
                detail.instant("eventTime"),
                principal(detail.object("userIdentity")),
                detail.optionalText("errorCode"),
                detail.optionalText("errorMessage"),
                detail.optionalText("userAgent"));
    }

    private static Principal principal(JsonObject identity) throws MalformedEventException {
        return new Principal(
                // absent where a service acts for itself: {"accountId", "invokedBy"}
                identity.optionalText("type").orElse("Unknown"),
                identity.optionalText("accountId"),
                identity.optionalText("arn"),
                sessionIssuer(identity),
                identity.optionalText("invokedBy"),
                identity.optionalText("principalId"));
    }

    private static Optional<String> sessionIssuer(JsonObject identity) throws MalformedEventException {
        Optional<JsonObject> context = identity.optionalObject("sessionContext");
        if (context.isEmpty()) {
            return Optional.empty();
        }
        // a user's session has a context with the time of the login, and no issuer
        Optional<JsonObject> issuer = context.get().optionalObject("sessionIssuer");
        return issuer.isEmpty() ? Optional.empty() : issuer.get().optionalText("arn");
    }
}
