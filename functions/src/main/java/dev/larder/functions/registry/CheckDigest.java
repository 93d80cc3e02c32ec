package dev.larder.functions.registry;

import dev.larder.domain.upstream.FailureKind;
import dev.larder.events.image.Digest;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.http.SdkHttpMethod;

/** {@code HEAD /v2/<name>/manifests/<digest>}: whether a manifest can still be had. */
final class CheckDigest {
    private final Requests requests;

    CheckDigest(Requests requests) {
        this.requests = requests;
    }

    void check(Look look, UpstreamAddress address, Digest digest) throws LookFailedException {
        try (Answer head = ask(look, address, digest, SdkHttpMethod.HEAD)) {
            if (head.status() == 200) {
                same(look, head, digest);
                return;
            }
            // those that only know GET answer so, too
            boolean mayHaveIt = switch (head.status()) {
                case 404, 405, 501 -> true;
                default -> false;
            };
            if (!mayHaveIt || !CheckTag.isGetFree(address.upstream())) {
                throw requests.refusal(look, address, head);
            }
        }
        try (Answer answer = ask(look, address, digest, SdkHttpMethod.GET)) {
            if (answer.status() != 200) {
                throw requests.refusal(look, address, answer);
            }
            same(look, answer, digest);
        }
    }

    private Answer ask(Look look, UpstreamAddress address, Digest digest, SdkHttpMethod method)
            throws LookFailedException {
        return requests.send(look, address, method, address.manifest(digest), Map.of("Accept", CheckTag.ACCEPT));
    }

    private static void same(Look look, Answer answer, Digest digest) throws LookFailedException {
        Optional<String> other =
                answer.header(CheckTag.DIGEST).filter(text -> !text.isEmpty() && !text.equals(digest.value()));
        if (other.isPresent()) {
            throw look.failed(
                    FailureKind.BAD_ANSWER,
                    "OtherDigest",
                    "it answered with the manifest '" + Shown.text(other.get()) + "' instead");
        }
    }
}
