package dev.larder.functions.inuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.larder.config.Registry;
import dev.larder.config.Upstream;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpstreamHostsTest {
    private static final String DIGEST = "sha256:" + "a".repeat(64);
    private static final UpstreamHosts HOSTS = new UpstreamHosts(List.of(
            upstream("docker-hub", Registry.DOCKER_HUB, "registry-1.docker.io"),
            upstream("quay", Registry.QUAY, "quay.io"),
            upstream("mirror", Registry.CUSTOM, "http://127.0.0.1:5001")));

    private static Upstream upstream(String prefix, Registry registry, String url) {
        return new Upstream(prefix, registry, url, Optional.empty(), List.of(), Optional.empty());
    }

    private static List<String> read(UpstreamHosts hosts, String name) {
        return hosts.read(name).stream().map(Object::toString).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "docker.io/library/nginx:1.27,              docker-hub/library/nginx:1.27",
        "index.docker.io/library/nginx:1.27,        docker-hub/library/nginx:1.27",
        "registry-1.docker.io/library/nginx:1.27,   docker-hub/library/nginx:1.27",
        "docker.io/nginx:1.27,                      docker-hub/library/nginx:1.27",
        "nginx:1.27,                                docker-hub/library/nginx:1.27",
        "nginx,                                     docker-hub/library/nginx:latest",
        "docker-pullable://nginx:1.27,              docker-hub/library/nginx:1.27",
        "grafana/grafana:12.1,                      docker-hub/grafana/grafana:12.1",
        "quay.io/prometheus/node-exporter:v1.9,     quay/prometheus/node-exporter:v1.9",
        "127.0.0.1:5001/team/app:1,                 mirror/team/app:1",
    })
    void anImageOfAnUpstreamIsWhatTheCacheCallsIt(String name, String cached) {
        assertEquals(List.of(cached), read(HOSTS, name));
    }

    @Test
    void byTagAndDigestItIsBoth() {
        assertEquals(
                List.of("docker-hub/library/nginx@" + DIGEST, "docker-hub/library/nginx:1.27"),
                read(HOSTS, "nginx:1.27@" + DIGEST));
        assertEquals(List.of("docker-hub/library/nginx@" + DIGEST), read(HOSTS, "docker.io/library/nginx@" + DIGEST));
    }

    @Test
    void underEachPrefixOfItsUpstreamItMayBe() {
        UpstreamHosts two = new UpstreamHosts(List.of(
                upstream("hub", Registry.DOCKER_HUB, "registry-1.docker.io"),
                upstream("hub-of-ci", Registry.CUSTOM, "https://registry-1.docker.io")));
        assertEquals(List.of("hub/library/nginx:1", "hub-of-ci/library/nginx:1"), read(two, "nginx:1"));
        assertEquals(List.of("docker.io"), two.names());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ghcr.io/owner/app:1",
                "111122223333.dkr.ecr.eu-central-1.amazonaws.com/docker-hub/library/nginx:1",
                "localhost/nginx:1",
                "sha256:0123",
                "docker-pullable://sha256:0123",
                "docker.io/library/Nginx:1",
                "docker.io/",
                "",
            })
    void whatIsOfNoUpstreamOrNoImageIsNothing(String name) {
        assertEquals(List.of(), HOSTS.read(name));
    }

    @Test
    void withoutDockerHubANameWithoutAHostIsNothing() {
        assertEquals(List.of(), new UpstreamHosts(List.of(upstream("quay", Registry.QUAY, "quay.io"))).read("nginx:1"));
    }

    @Property
    void whateverAClusterSaysIsReadWithoutFailing(@ForAll String image) {
        assertNotNull(HOSTS.read(image));
        assertNotNull(HOSTS.read("docker.io/" + image));
    }
}
