package dev.larder.domain.image;

import dev.larder.events.image.Digest;
import dev.larder.events.image.Tag;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A tag that says what its manifest is about, for registries and clients that do not know a manifest's {@code subject}:
 * {@code sha256-<hex>} leads to an index of all that is about the digest (OCI distribution-spec 1.1, Referrers Tag Schema),
 * {@code sha256-<hex>.sig}, {@code .att} and {@code .sbom} to a signature, attestations and an SBOM of it (cosign,
 * specs/SIGNATURE_SPEC.md and {@code cosign attach}). Clients ask for them by these tags alone, so nothing else in the
 * repository names the manifest.
 */
public final class ReferrerTag {
    private static final String START = "sha256-";
    private static final Pattern SHAPE = Pattern.compile(START + "([0-9a-f]{64})(\\..+)?");

    private ReferrerTag() {}

    /** What a manifest with the tag is about; absent when the tag is none of them. */
    public static Optional<Digest> subject(Tag tag) {
        // most tags are none, and a registry has many
        if (!tag.value().startsWith(START)) {
            return Optional.empty();
        }
        Matcher matcher = SHAPE.matcher(tag.value());
        return matcher.matches() ? Optional.of(new Digest("sha256:" + matcher.group(1))) : Optional.empty();
    }

    /** Whether a tag is one of them. */
    public static boolean is(Tag tag) {
        return subject(tag).isPresent();
    }
}
