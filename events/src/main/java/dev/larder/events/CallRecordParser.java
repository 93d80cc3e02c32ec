package dev.larder.events;

import java.util.Optional;

/**
 * Reads what every CloudTrail record has. Of an identity that CloudTrail masks (CloudTrail user guide, sign-in events: a
 * {@code userName} that may be a secret) the masked texts count as absent, so that no mask is counted as a caller.
 */
final class CallRecordParser {
    private static final String MASK = "HIDDEN_DUE_TO_SECURITY_REASONS";

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
                told(identity, "type").orElse("Unknown"),
                told(identity, "accountId"),
                told(identity, "arn"),
                sessionIssuer(identity),
                told(identity, "invokedBy"),
                told(identity, "principalId"));
    }

    private static Optional<String> sessionIssuer(JsonObject identity) throws MalformedEventException {
        Optional<JsonObject> context = identity.optionalObject("sessionContext");
        if (context.isEmpty()) {
            return Optional.empty();
        }
        // a user's session has a context with the time of the login, and no issuer
        Optional<JsonObject> issuer = context.get().optionalObject("sessionIssuer");
        return issuer.isEmpty() ? Optional.empty() : told(issuer.get(), "arn");
    }

    private static Optional<String> told(JsonObject identity, String name) throws MalformedEventException {
        return identity.optionalText(name).filter(text -> !text.equals(MASK));
    }
}
