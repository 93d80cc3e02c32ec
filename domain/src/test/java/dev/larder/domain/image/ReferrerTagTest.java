package dev.larder.domain.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.larder.events.image.Digest;
import dev.larder.events.image.Tag;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReferrerTagTest {
    private static final String HEX = "0a".repeat(32);

    @ParameterizedTest
    @ValueSource(strings = {"", ".sig", ".att", ".sbom", ".cosign.bundle"})
    void aTagMadeOfADigestSaysWhatItsManifestIsAbout(String ending) {
        Tag tag = new Tag("sha256-" + HEX + ending);
        assertEquals(Optional.of(new Digest("sha256:" + HEX)), ReferrerTag.subject(tag));
    }

    @ParameterizedTest
    @ValueSource(strings = {"latest", "sha256", "sha256-", "sha256-0a0a", "x", "-sig", "0", "."})
    void anyOtherTagDoesNot(String tag) {
        assertFalse(ReferrerTag.is(new Tag(tag.length() > 1 && !tag.startsWith("-") ? tag : "sha256-" + HEX + tag)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha512-", "sha256_", "SHA256-", "v-sha256-"})
    void noOtherAlgorithmDoes(String start) {
        assertFalse(ReferrerTag.is(new Tag(start + HEX)));
    }
}
