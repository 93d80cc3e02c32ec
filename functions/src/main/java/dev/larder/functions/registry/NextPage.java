package dev.larder.functions.registry;

import dev.larder.domain.upstream.FailureKind;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where the next page of a list is: {@code Link: </v2/library/nginx/tags/list?last=1.9&n=1000>; rel="next"} (RFC 8288). */
final class NextPage {
    private static final Pattern LINK = Pattern.compile("<([^>]*)>([^,<]*)");
    private static final Pattern NEXT =
            Pattern.compile(";\\s*rel\\s*=\\s*\"?next\"?\\s*(;|$)", Pattern.CASE_INSENSITIVE);

    private static final Pattern LIST = Pattern.compile("/v2/.+/tags/list");

    private NextPage() {}

    /** The next page; empty after the last. It has to be of the same list. */
    static Optional<URI> after(Look look, Answer page) throws LookFailedException {
        for (String header : page.headers("link")) {
            Matcher link = LINK.matcher(header);
            while (link.find()) {
                if (NEXT.matcher(link.group(2)).find()) {
                    return Optional.of(target(look, page.from(), link.group(1).strip()));
                }
            }
        }
        return Optional.empty();
    }

    private static URI target(Look look, URI from, String text) throws LookFailedException {
        try {
            URI to = from.resolve(text);
            if (!text.isEmpty() && Origin.of(to).equals(Origin.of(from)) && isOfSameList(from, to)) {
                return to;
            }
        } catch (IllegalArgumentException e) {
            // told below
        }
        throw look.failed(
                FailureKind.BAD_ANSWER,
                "BadLink",
                "its Link to the next page is '" + Shown.text(text) + "'; expected one on " + from.getScheme() + "://"
                        + from.getAuthority() + from.getPath());
    }

    /** Another repository's list is another list, whatever else a registry may page under. */
    private static boolean isOfSameList(URI from, URI to) {
        boolean list = LIST.matcher(String.valueOf(to.getPath())).matches();
        return !list || to.getPath().equals(from.getPath());
    }
}
