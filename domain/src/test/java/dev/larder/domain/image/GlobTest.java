package dev.larder.domain.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Tagged;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Chars;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
    @ParameterizedTest
    @CsvSource({
        "**:prod-*,            docker-hub/a/b:prod-1,        true",
        "**:prod-*,            docker-hub/a/b:test-1,        false",
        "*:prod-*,             docker-hub/a/b:prod-1,        false",
        "docker-hub/library/*, docker-hub/library/nginx:1.2, true",
        "docker-hub/library/*, docker-hub/other/nginx:1.2,   false",
        "docker-hub/**,        docker-hub/library/nginx:1.2, true",
        "docker-hub/a/nginx,   docker-hub/a/nginx:latest,    true",
        "docker-hub/a/nginx:?, docker-hub/a/nginx:1,         true",
        "docker-hub/a/nginx:?, docker-hub/a/nginx:12,        false",
        "docker-hub/a.b/c:1,   docker-hub/axb/c:1,           false",
    })
    void starsStayInsideSlashesAndDoubleStarsDoNot(String glob, String image, boolean matches) {
        assertEquals(matches, new Glob(glob).matches((Tagged) ImageReference.parse(image)));
    }

    @Property
    void aTextMatchesItself(@ForAll @AlphaChars @Chars({'.', '/', '(', '[', '\\', '$', '+'}) String text) {
        assertTrue(new Glob(text).matches(text));
    }

    @Property
    void twoStarsMatchEverything(@ForAll String text) {
        assertTrue(new Glob("**").matches(text));
    }
}
