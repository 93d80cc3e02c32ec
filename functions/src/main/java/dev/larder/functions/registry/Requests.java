package dev.larder.functions.registry;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.http.SdkHttpMethod;

/** Sends requests to registries, with the authorization that they want. */
final class Requests {
    private final Transport transport;
    private final Authorizations authorizations;

    Requests(Transport transport, Authorizations authorizations) {
        this.transport = transport;
        this.authorizations = authorizations;
    }

    /** The answer, after one more try with a new authorization when it was 401. */
    Answer send(Look look, UpstreamAddress address, SdkHttpMethod method, URI uri, Map<String, String> headers)
            throws LookFailedException {
        boolean own = address.hasOriginOf(uri);
        Optional<String> known = own ? authorizations.header(look, address) : Optional.empty();
        Answer first = ask(look, method, uri, headers, known);
        if (first.status() != 401 || !address.hasOriginOf(first.from())) {
            return first;
        }
        authorizations.forget(address);
        first.close();
        return ask(look, method, uri, headers, Optional.of(authorizations.answer(look, address, first)));
    }

    /** What to throw for an answer that is no success. */
    LookFailedException refusal(Look look, UpstreamAddress address, Answer answer) {
        return Refusals.of(look, answer, authorizations.withLogin(address));
    }

    private Answer ask(
            Look look, SdkHttpMethod method, URI uri, Map<String, String> headers, Optional<String> authorization)
            throws LookFailedException {
        look.asks();
        Answer answer = transport.send(look, method, uri, headers, authorization);
        look.answered(answer);
        return answer;
    }
}
