package dev.larder.local.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.config.Registry;
import dev.larder.config.Upstream;
import dev.larder.domain.lifecycle.Guard;
import dev.larder.domain.lifecycle.Manifest;
import dev.larder.domain.lifecycle.Objection;
import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import dev.larder.functions.lifecycle.Objections;
import dev.larder.functions.objections.EcrReplication;
import dev.larder.functions.objections.ObjectionsWiring;
import dev.larder.functions.registry.HttpUpstreamRegistries;
import dev.larder.functions.table.Table;
import dev.larder.functions.warm.Upstreams;
import dev.larder.local.fixture.FixtureImage;
import dev.larder.local.fixture.FixtureRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.ReplicationDestination;
import software.amazon.awssdk.services.ecr.model.ReplicationRule;
import software.amazon.awssdk.services.ecr.model.RepositoryFilter;
import software.amazon.awssdk.services.ecr.model.RepositoryFilterType;
import software.amazon.awssdk.services.ecr.model.ScanType;

/** All objections as a function has them, with the SDK's clients and an upstream over HTTP. */
class ObjectionsTest {
    private static final RepositoryName APP = new RepositoryName("mirror/app");
    private static final Duration UNUSED = Duration.ofDays(30);

    @TempDir
    Path folder;

    private final FixtureRegistry upstream = FixtureRegistry.start();
    private LocalCloud cloud;
    private DynamoDbClient dynamoDb;
    private EcrClient ecr;
    private Objections objections;

    @BeforeEach
    void start() throws IOException {
        cloud = LocalCloud.start(Options.temporary(SmallStack.write(folder.resolve("cdk.out"))));
        dynamoDb = connected(DynamoDbClient.builder()).build();
        ecr = connected(EcrClient.builder()).build();
        InUseTest.createTable(dynamoDb);
        Upstream mirror =
                new Upstream("mirror", Registry.CUSTOM, upstream.url(), Optional.empty(), List.of(), Optional.empty());
        objections = ObjectionsWiring.of(
                new Upstreams(List.of(mirror)),
                new HttpUpstreamRegistries(wanted -> Optional.empty()),
                new Table(dynamoDb, InUseTest.TABLE),
                ecr,
                cloud::now);
    }

    @AfterEach
    void stop() throws IOException {
        ecr.close();
        dynamoDb.close();
        cloud.close();
        upstream.close();
    }

    private <B extends AwsClientBuilder<B, C>, C> B connected(B builder) {
        return builder.endpointOverride(cloud.endpoint())
                .region(Region.of(cloud.region()))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("ann", "any")));
    }

    private static Manifest image(Digest digest, String... tags) {
        return new Manifest(
                APP,
                digest,
                Arrays.stream(tags).map(Tag::new).toList(),
                Optional.of("application/vnd.oci.image.manifest.v1+json"),
                OptionalLong.of(1),
                Optional.of(Instant.EPOCH),
                Optional.empty(),
                Optional.empty(),
                Optional.of(Set.of()));
    }

    private Map<Digest, Objection> against(Manifest... candidates) {
        return objections.of(APP, List.of(candidates), UNUSED, false).against();
    }

    @Test
    void whatTheUpstreamHasMayGoAndWhatItLostStays() {
        Digest held = upstream.publish("app", "1", FixtureImage.small(1));
        Digest moved = upstream.publish("app", "2", FixtureImage.small(2));
        upstream.publish("app", "2", FixtureImage.small(3));
        Digest lost = upstream.publish("app", "4", FixtureImage.small(4));
        upstream.lose("app", "4");
        upstream.lose("app", lost.value());
        upstream.forgetRequests();
        Manifest[] candidates = {image(held, "1"), image(moved), image(lost, "4")};
        Map<Digest, Objection> found = against(candidates);
        assertEquals(Set.of(lost), found.keySet());
        assertEquals(Guard.GONE_UPSTREAM, found.get(lost).guard());
        int asked = upstream.requests().size();
        assertTrue(asked > 0);
        assertEquals(found, against(candidates));
        assertEquals(asked, upstream.requests().size(), "answers are good for a week");
    }

    @Test
    void anUpstreamThatIsOffKeepsEverything() {
        Digest held = upstream.publish("app", "1", FixtureImage.small(1));
        upstream.switchOff();
        assertEquals(
                Guard.UPSTREAM_UNCHECKED, against(image(held, "1")).get(held).guard());
        upstream.switchOn();
        assertEquals(Map.of(), against(image(held, "1")));
    }

    @Test
    void enhancedScanningWithoutAFindingSaysNothing() {
        ecr.putRegistryScanningConfiguration(put -> put.scanType(ScanType.ENHANCED));
        Digest held = upstream.publish("app", "1", FixtureImage.small(1));
        assertEquals(Map.of(), against(image(held, "1")));
    }

    @Test
    void whatIsCopiedToAnotherRegistryAtThisMomentStays() {
        ecr.createRepository(create -> create.repositoryName(APP.value()));
        ReplicationRule rule = ReplicationRule.builder()
                .destinations(ReplicationDestination.builder()
                        .region("us-east-1")
                        .registryId(cloud.account())
                        .build())
                .repositoryFilters(RepositoryFilter.builder()
                        .filter("mirror/")
                        .filterType(RepositoryFilterType.PREFIX_MATCH)
                        .build())
                .build();
        ecr.putReplicationConfiguration(put -> put.replicationConfiguration(rules -> rules.rules(rule)));
        Manifest copied = image(push(1), "1");
        Manifest waiting = image(push(2), "2");
        Objections replication = new EcrReplication(ecr, cloud::now);

        cloud.ecr().setReplicationStatus(APP.value(), copied.digest(), "COMPLETE");
        Map<Digest, Objection> found =
                replication.of(APP, List.of(copied, waiting), UNUSED, false).against();
        assertEquals(Set.of(waiting.digest()), found.keySet());
        assertEquals(Guard.REPLICATING, found.get(waiting.digest()).guard());
        assertEquals(
                "its copy to the registry " + cloud.account() + " in us-east-1 is IN_PROGRESS",
                found.get(waiting.digest()).detail());

        cloud.ecr().setReplicationStatus(APP.value(), waiting.digest(), "FAILED");
        assertEquals(
                Map.of(),
                replication.of(APP, List.of(copied, waiting), UNUSED, false).against());
    }

    /** An index of nothing, different each time: an image that needs no layers. */
    private Digest push(int content) {
        String index = "application/vnd.oci.image.index.v1+json";
        return new Digest(ecr.putImage(put -> put.repositoryName(APP.value())
                        .imageTag(String.valueOf(content))
                        .imageManifestMediaType(index)
                        .imageManifest("{\"schemaVersion\":2,\"mediaType\":\"" + index
                                + "\",\"manifests\":[],\"annotations\":{\"content\":\"" + content + "\"}}"))
                .image()
                .imageId()
                .imageDigest());
    }
}
