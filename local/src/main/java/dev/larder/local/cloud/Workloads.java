package dev.larder.local.cloud;

import dev.larder.functions.inuse.RegistryHosts;
import dev.larder.local.ecr.RegistryImages;
import dev.larder.local.ecs.EcsApi;
import dev.larder.local.lambda.ImageFunctions;
import java.io.IOException;
import java.util.Set;

/**
 * What is said to run images of the registry: nothing does, here.
 *
 * @param hosts under which clients know the registry
 */
record Workloads(Set<String> hosts, EcsApi ecs, ImageFunctions functions) {
    static Workloads open(CellStacks cell, DataFolder data, EcrParts ecr) throws IOException {
        int port = ecr.endpoint().getPort();
        Set<String> hosts = Set.of("127.0.0.1:" + port, "localhost:" + port);
        RegistryImages images =
                new RegistryImages(new RegistryHosts(cell.account(), cell.region(), hosts), ecr.registry());
        return new Workloads(
                hosts,
                EcsApi.open(data.resolve("ecs.json"), cell.account(), cell.region(), images),
                ImageFunctions.open(data.resolve("image-functions.json"), cell.account(), cell.region(), images));
    }
}
