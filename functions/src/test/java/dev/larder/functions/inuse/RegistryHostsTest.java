package dev.larder.functions.inuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.functions.inuse.RegistryHosts.Named;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryHostsTest {
    private static final String DIGEST = "sha256:" + "a".repeat(64);
    private static final RegistryHosts HOSTS = RegistryHosts.of("111122223333/eu-central-1", Set.of("127.0.0.1:5000"));

    private static List<String> here(String name) {
        return assertInstanceOf(Named.Here.class, HOSTS.read(name), name).images().stream()
                .map(Object::toString)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "111122223333.dkr.ecr.eu-central-1.amazonaws.com/",
                "111122223333.dkr.ecr-fips.eu-central-1.amazonaws.com/",
                "111122223333.dkr.ecr.eu-central-1.amazonaws.com.cn/",
                "111122223333.dkr-ecr.eu-central-1.on.aws/",
                "111122223333.dkr.ecr.eu-central-1.amazonaws.com:443/",
                "docker-pullable://111122223333.dkr.ecr.eu-central-1.amazonaws.com/",
                "127.0.0.1:5000/",
            })
    void everyNameOfThisRegistryIsKnown(String host) {
        assertEquals(List.of("quay/a/b:1"), here(host + "quay/a/b:1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "999988887777.dkr.ecr.eu-central-1.amazonaws.com/quay/a/b:1",
                "111122223333.dkr.ecr.eu-west-1.amazonaws.com/quay/a/b:1",
                "111122223333.dkr.ecr.eu-central-1/quay/a/b:1",
                "evil.example/111122223333.dkr.ecr.eu-central-1.amazonaws.com/quay/a/b:1",
                "111122223333xdkr.ecr.eu-central-1.amazonaws.com/quay/a/b:1",
                "127.0.0.1:5001/quay/a/b:1",
                "quay/a/b:1",
                "nginx",
                "",
                "sha256:0123",
            })
    void whatIsElsewhereIsElsewhere(String name) {
        assertEquals(new Named.Elsewhere(), HOSTS.read(name));
    }

    @Test
    void withoutATagItIsLatestAndByTagAndDigestItIsBoth() {
        assertEquals(List.of("quay/a/b:latest"), here("127.0.0.1:5000/quay/a/b"));
        assertEquals(List.of("quay/a/b@" + DIGEST), here("127.0.0.1:5000/quay/a/b@" + DIGEST));
        assertEquals(List.of("quay/a/b@" + DIGEST, "quay/a/b:1"), here("127.0.0.1:5000/quay/a/b:1@" + DIGEST));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Quay/A:1", "quay/a:", "quay/a@sha256:1", "quay/a:1@", "quay/a:1:2", "quay/a b:1"})
    void whatNoClientCouldPullByIsBroken(String image) {
        assertInstanceOf(Named.Broken.class, HOSTS.read("127.0.0.1:5000/" + image));
    }

    @Test
    void aCellIsAccountAndRegion() {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> RegistryHosts.of("eu-central-1", Set.of()));
        assertEquals("not a cell: 'eu-central-1'; expected account/region", e.getMessage());
    }

    @Provide
    Arbitrary<String> repositories() {
        Arbitrary<String> word = Arbitraries.strings()
                .withCharRange('a', 'z')
                .numeric()
                .ofMinLength(2)
                .ofMaxLength(8);
        return word.list().ofMinSize(1).ofMaxSize(4).map(words -> String.join("/", words));
    }

    @Provide
    Arbitrary<String> tags() {
        Arbitrary<String> first =
                Arbitraries.strings().alpha().numeric().withChars('_').ofLength(1);
        Arbitrary<String> rest =
                Arbitraries.strings().alpha().numeric().withChars("_.-").ofMaxLength(30);
        return Combinators.combine(first, rest).as(String::concat);
    }

    @Property
    void everyRepositoryAndTagIsReadAsItWasWritten(
            @ForAll("repositories") String repository, @ForAll("tags") String tag) {
        assertEquals(
                List.of(repository + ":" + tag),
                here("111122223333.dkr.ecr.eu-central-1.amazonaws.com/" + repository + ":" + tag));
    }

    @Property
    void whateverAServiceSaysIsReadWithoutFailing(@ForAll String image) {
        assertTrue(HOSTS.read(image) != null && HOSTS.read("127.0.0.1:5000/" + image) != null);
    }
}
