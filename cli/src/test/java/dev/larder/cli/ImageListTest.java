package dev.larder.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.config.Registry;
import dev.larder.config.Upstream;
import dev.larder.events.image.ImageReference;
import dev.larder.functions.inuse.RegistryHosts;
import dev.larder.functions.inuse.UpstreamHosts;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageListTest {
    private static final String HOST = "111122223333.dkr.ecr.eu-central-1.amazonaws.com";
    private static final RegistryHosts HOSTS = RegistryHosts.of("111122223333/eu-central-1", Set.of());

    private static ImageList read(String text, Upstream... upstreams) {
        return ImageList.read("images.txt", text, HOSTS, new UpstreamHosts(List.of(upstreams)));
    }

    @Test
    void linesAndAJsonArraySayTheSame() {
        ImageList expected = new ImageList(Set.of(ImageReference.parse("quay/a/b:1")), 0, 2, false);
        assertEquals(
                expected, read("# prod\n\n" + HOST + "/quay/a/b:1\nnginx\n  docker.io/library/redis:7  \nnginx\n"));
        assertEquals(expected, read("[\"" + HOST + "/quay/a/b:1\", \"nginx\",\n\"docker.io/library/redis:7\"]"));
    }

    @Test
    void whatNodesPullThroughAMirrorIsNamedByItsUpstreamAndIsHere() {
        Upstream hub = new Upstream(
                "docker-hub",
                Registry.DOCKER_HUB,
                "registry-1.docker.io",
                Optional.empty(),
                List.of(),
                Optional.empty());
        assertEquals(
                new ImageList(
                        Set.of(
                                ImageReference.parse("docker-hub/library/nginx:latest"),
                                ImageReference.parse("docker-hub/library/redis:7"),
                                ImageReference.parse("quay/a/b:1")),
                        2,
                        1,
                        false),
                read("nginx\ndocker.io/library/redis:7\nghcr.io/a/b:1\n" + HOST + "/quay/a/b:1\nnginx\n", hub));
    }

    @Test
    void wordsMayBeWhatAProgramSays() {
        assertTrue(read("null\nnull\nerror\n").words());
        assertFalse(read("null\nredis:7\n").words());
        assertFalse(read("null\ndocker.io/library/redis\n").words());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nginx\\nError from server (Forbidden): pods is forbidden | images.txt, line 2: found 'Error from server"
                        + " (Forbidden): pods is forbidden', expected an image such as 1111",
                "111122223333.dkr.ecr.eu-central-1.amazonaws.com/quay/A:1 | images.txt, line 1: found"
                        + " '111122223333.dkr.ecr.eu-central-1.amazonaws.com/quay/A:1': not a repository name: 'quay/A'",
                "[\"nginx\", 7] | images.txt, element 2: found '7', expected an image such as",
                "[\"nginx\",\\n oops] | images.txt, line 2: not JSON: ",
                "# nothing\\n | images.txt names no image; a cluster that uses none needs no list",
                "[] | images.txt names no image",
            })
    void whatIsNoImageIsNamedWithItsPlace(String text, String message) {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> read(text.replace("\\n", "\n")));
        assertTrue(String.valueOf(e.getMessage()).startsWith(message), e.getMessage());
    }
}
