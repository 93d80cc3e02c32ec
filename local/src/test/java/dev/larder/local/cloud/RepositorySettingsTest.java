package dev.larder.local.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.domain.desired.TagMutability;
import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.ecr.CacheException;
import dev.larder.functions.ecr.CacheInventory;
import dev.larder.functions.ecr.EcrRepositorySettings;
import dev.larder.functions.ecr.RepositoryDescription;
import dev.larder.functions.ecr.RepositorySettings;
import dev.larder.functions.ecr.RepositorySettings.Current;
import dev.larder.functions.ecr.RepositorySettings.Preview;
import dev.larder.functions.ecr.RepositorySettings.Template;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.RCTAppliedFor;
import software.amazon.awssdk.services.ecr.model.Tag;

/** What {@link RepositorySettings} promises, by ECR's own API. One cloud: each test has a repository of its own. */
class RepositorySettingsTest {
    private static final RepositoryName GONE = new RepositoryName("team/gone");
    private static final String POLICY =
            "{\"Statement\":[{\"Sid\":\"a\",\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"ecr:BatchGetImage\"}]}";
    private static final TagMutability MUTABLE = new TagMutability("MUTABLE", List.of());

    @TempDir
    static Path folder;

    private static LocalCloud cloud;
    private static EcrClient ecr;
    private static RepositorySettings settings;

    @BeforeAll
    static void start() throws IOException {
        cloud = LocalCloud.start(Options.temporary(SmallStack.write(folder.resolve("cdk.out"))));
        ecr = EcrClient.builder()
                .endpointOverride(cloud.endpoint())
                .region(Region.of(cloud.region()))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("ann", "any")))
                .build();
        settings = new EcrRepositorySettings(ecr);
    }

    @AfterAll
    static void stop() throws IOException {
        ecr.close();
        cloud.close();
    }

    @Test
    void aRepositoryThatNobodySetUpHasWhatEcrGivesIt() {
        RepositoryName plain = repository("team/plain");
        assertEquals(
                new Current(
                        new RepositoryDescription(
                                "arn:aws:ecr:" + cloud.region() + ":" + cloud.account() + ":repository/team/plain",
                                MUTABLE,
                                false,
                                Optional.empty()),
                        Optional.empty(),
                        Optional.empty(),
                        Map.of()),
                read(plain));
        assertEquals(Optional.empty(), settings.read(GONE, description(plain)));
    }

    @Test
    void manyAreDescribedAtOnceAndThoseThatAreGoneAreNotAmongThem() {
        List<RepositoryName> names = new ArrayList<>();
        for (int i = 0; i < 130; i++) {
            names.add(repository("team/one-of-many-" + i));
        }
        settings.putScanOnPush(names.get(129), true);
        List<CacheInventory.Repository> described = settings.describe(names);
        assertEquals(130, described.size());
        assertEquals(
                Set.copyOf(names),
                described.stream().map(CacheInventory.Repository::name).collect(Collectors.toSet()));
        assertEquals(
                List.of(names.get(129)),
                described.stream()
                        .filter(one -> one.description().scanOnPush())
                        .map(CacheInventory.Repository::name)
                        .toList());
        names.add(57, GONE);
        assertEquals(130, settings.describe(names).size());
        assertEquals(List.of(), settings.describe(List.of(GONE)));
        assertEquals(List.of(), settings.describe(List.of()));
    }

    @Test
    void tagsAreAddedToThoseThatAreThere() {
        RepositoryName tagged = repository("team/tagged");
        settings.addTags(description(tagged).arn(), Map.of("team", "a", "owner", "ann"));
        settings.addTags(description(tagged).arn(), Map.of("team", "b"));
        assertEquals(Map.of("team", "b", "owner", "ann"), read(tagged).tags());
    }

    @Test
    void scanningAndMutabilityAreSetBothWays() {
        RepositoryName scanned = repository("team/scanned");
        settings.putScanOnPush(scanned, true);
        TagMutability but = new TagMutability("IMMUTABLE_WITH_EXCLUSION", List.of("latest", "dev-*"));
        settings.putTagMutability(scanned, but);
        assertTrue(description(scanned).scanOnPush());
        assertEquals(but, description(scanned).tagMutability());
        settings.putScanOnPush(scanned, false);
        settings.putTagMutability(scanned, MUTABLE);
        assertFalse(description(scanned).scanOnPush());
        assertEquals(MUTABLE, description(scanned).tagMutability());
    }

    @Test
    void policiesAreReplacedAndTakenAwayAsOftenAsAsked() {
        RepositoryName kept = repository("team/kept");
        settings.putLifecyclePolicy(kept, moreThan(5));
        settings.putLifecyclePolicy(kept, moreThan(7));
        settings.putRepositoryPolicy(kept, POLICY);
        assertEquals(Optional.of(moreThan(7)), read(kept).lifecyclePolicy());
        assertEquals(Optional.of(POLICY), read(kept).repositoryPolicy());
        assertEquals(Optional.of(moreThan(7)), settings.lifecyclePolicy(kept));
        assertEquals(Optional.of(POLICY), settings.repositoryPolicy(kept));
        for (int i = 0; i < 2; i++) {
            settings.deleteLifecyclePolicy(kept);
            settings.deleteRepositoryPolicy(kept);
            assertEquals(Optional.empty(), read(kept).lifecyclePolicy());
            assertEquals(Optional.empty(), read(kept).repositoryPolicy());
            assertEquals(Optional.empty(), settings.lifecyclePolicy(kept));
            assertEquals(Optional.empty(), settings.repositoryPolicy(kept));
        }
    }

    @Test
    void aPreviewIsOfTheTextThatWasAskedForAndNamesAllPagesOfImages() {
        RepositoryName previewed = repository("team/previewed");
        assertEquals(new Preview.Broken("not found"), settings.preview(previewed));
        cloud.ecr().setRates(Map.of("PutImage", 1_000.0));
        Set<Digest> pushed = new HashSet<>();
        for (int i = 0; i < 102; i++) {
            pushed.add(push(previewed, i));
        }
        cloud.ecr().resetRates();

        assertTrue(settings.startPreview(previewed, moreThan(1)));
        Preview.Complete most = assertInstanceOf(Preview.Complete.class, settings.preview(previewed));
        assertEquals(moreThan(1), most.policy());
        assertEquals(101, most.images().size());
        assertTrue(pushed.containsAll(most.images()));

        assertTrue(settings.startPreview(previewed, moreThan(200)));
        assertEquals(new Preview.Complete(moreThan(200), Set.of()), settings.preview(previewed));
        assertEquals(Optional.empty(), read(previewed).lifecyclePolicy());
    }

    @Test
    void theTemplatesOfAllPagesAreReadAndOnlyThoseForPulls() {
        for (int i = 0; i < 103; i++) {
            String prefix = "hub/" + i;
            ecr.createRepositoryCreationTemplate(
                    create -> create.prefix(prefix).appliedFor(RCTAppliedFor.PULL_THROUGH_CACHE));
        }
        ecr.createRepositoryCreationTemplate(create -> create.prefix("copied").appliedFor(RCTAppliedFor.REPLICATION));
        ecr.createRepositoryCreationTemplate(create -> create.prefix("ROOT")
                .appliedFor(RCTAppliedFor.PULL_THROUGH_CACHE)
                .lifecyclePolicy(moreThan(3))
                .repositoryPolicy(POLICY)
                .customRoleArn("arn:aws:iam::111122223333:role/templates")
                .resourceTags(Tag.builder().key("team").value("a").build()));
        Map<String, Template> templates =
                settings.templates().stream().collect(Collectors.toMap(Template::prefix, template -> template));
        assertEquals(104, templates.size());
        assertEquals(
                new Template(
                        "ROOT",
                        Optional.of(moreThan(3)),
                        Optional.of(POLICY),
                        Map.of("team", "a"),
                        MUTABLE,
                        Optional.empty()),
                templates.get("ROOT"));
        assertEquals(
                new Template("hub/102", Optional.empty(), Optional.empty(), Map.of(), MUTABLE, Optional.empty()),
                templates.get("hub/102"));
    }

    @Test
    void whatEcrRefusesIsSaidWithItsCodeAndReason() {
        RepositoryName refused = repository("team/refused");
        refuses("InvalidParameterException", () -> settings.putLifecyclePolicy(refused, "x".repeat(100)));
        refuses("InvalidParameterException", () -> settings.putRepositoryPolicy(refused, "no JSON"));
        refuses("InvalidParameterException", () -> settings.startPreview(refused, "x".repeat(100)));
        refuses(
                "InvalidParameterException",
                () -> settings.putTagMutability(refused, new TagMutability("SOMETIMES", List.of())));
        String arn = description(refused).arn();
        refuses("RepositoryNotFoundException", () -> settings.addTags(arn + "-not", Map.of("a", "b")));
        refuses("RepositoryNotFoundException", () -> settings.putLifecyclePolicy(GONE, moreThan(1)));
        refuses("RepositoryNotFoundException", () -> settings.deleteLifecyclePolicy(GONE));
        refuses("RepositoryNotFoundException", () -> settings.putRepositoryPolicy(GONE, POLICY));
        refuses("RepositoryNotFoundException", () -> settings.deleteRepositoryPolicy(GONE));
        refuses("RepositoryNotFoundException", () -> settings.putScanOnPush(GONE, true));
        refuses("RepositoryNotFoundException", () -> settings.putTagMutability(GONE, MUTABLE));
        refuses("RepositoryNotFoundException", () -> settings.startPreview(GONE, moreThan(1)));
        refuses("RepositoryNotFoundException", () -> settings.preview(GONE));
        refuses("RepositoryNotFoundException", () -> settings.lifecyclePolicy(GONE));
        refuses("RepositoryNotFoundException", () -> settings.repositoryPolicy(GONE));
    }

    private static void refuses(String code, Executable call) {
        CacheException e = assertThrows(CacheException.class, call);
        assertEquals(code, e.failure().code(), e.getMessage());
        assertFalse(e.failure().reason().isBlank());
        assertTrue(e.getMessage().startsWith("could not "), e.getMessage());
    }

    private static RepositoryName repository(String name) {
        ecr.createRepository(create -> create.repositoryName(name));
        return new RepositoryName(name);
    }

    private static Current read(RepositoryName repository) {
        return settings.read(repository, description(repository)).orElseThrow();
    }

    private static RepositoryDescription description(RepositoryName repository) {
        return settings.describe(List.of(repository)).getFirst().description();
    }

    private static String moreThan(int images) {
        return "{\"rules\":[{\"rulePriority\":1,\"selection\":{\"tagStatus\":\"any\",\"countType\":\"imageCountMoreThan\","
                + "\"countNumber\":" + images + "},\"action\":{\"type\":\"expire\"}}]}";
    }

    /** An index of nothing, different each time: an image that needs no layers. */
    private static Digest push(RepositoryName repository, int content) {
        String index = "application/vnd.oci.image.index.v1+json";
        return new Digest(ecr.putImage(put -> put.repositoryName(repository.value())
                        .imageTag(String.valueOf(content))
                        .imageManifestMediaType(index)
                        .imageManifest("{\"schemaVersion\":2,\"mediaType\":\"" + index
                                + "\",\"manifests\":[],\"annotations\":{\"content\":\"" + content + "\"}}"))
                .image()
                .imageId()
                .imageDigest());
    }
}
