package dev.larder.functions.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.larder.config.Substitute;
import java.util.List;
import org.junit.jupiter.api.Test;

class SubstitutesTest {
    private static final String DIGEST = "sha256:" + "0".repeat(64);

    private final Substitutes substitutes =
            new Substitutes(List.of(new Substitute("docker-hub/library/*", "ecr-public/docker/library/*")));

    @Test
    void aPinIsKeptWhereItIsWarmedAndWhereUsersPullIt() {
        assertEquals(
                List.of(
                        "docker-hub/library/nginx:1.*",
                        "ecr-public/docker/library/nginx:1.*",
                        "docker-hub/library/redis@" + DIGEST,
                        "ecr-public/docker/library/redis@" + DIGEST,
                        "docker-hub/library/redis:7@" + DIGEST,
                        "ecr-public/docker/library/redis:7@" + DIGEST),
                substitutes.pins(List.of(
                        "docker-hub/library/nginx:1.*",
                        "docker-hub/library/redis@" + DIGEST,
                        "docker-hub/library/redis:7@" + DIGEST)));
    }

    @Test
    void aPinWithoutASubstituteIsKeptAsItIs() {
        assertEquals(List.of("quay/app/tool:1"), substitutes.pins(List.of("quay/app/tool:1")));
    }
}
