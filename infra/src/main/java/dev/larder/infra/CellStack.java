package dev.larder.infra;

import dev.larder.config.Cell;
import dev.larder.config.LarderConfig;
import dev.larder.config.Names;
import dev.larder.config.Upstream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.DefaultStackSynthesizer;
import software.amazon.awscdk.DefaultStackSynthesizerProps;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.lambda.Code;
import software.constructs.Construct;

/** Everything that Larder has in one account and region. */
public final class CellStack extends Stack {
    /**
     * Declares the stack.
     *
     * @param zip the functions' zip, which must be there
     */
    public CellStack(Construct scope, LarderConfig config, Cell cell, Path zip) {
        super(scope, Names.stack(config, cell), props(config, cell));
        Deployment deployment = new Deployment(config, cell, Code.fromAsset(zip.toString()));
        RepositoryCreator creator = new RepositoryCreator(this, "RepositoryCreator", deployment);
        for (Upstream upstream : config.upstreams()) {
            new PullThroughCache(this, "Cache-" + upstream.prefix(), deployment, upstream, creator);
        }
        RecordTable table = new RecordTable(this, "Records", deployment);
        PullTimeExclusions exclusions = new PullTimeExclusions(this, "PullTimeExclusions");
        exclusions.addConfigured(deployment);
        DeadLetteredQueue pulls = UsageRecording.declare(this, deployment, table);
        UsageKeeping.declare(this, deployment, table, pulls);
        Warming warming = Warming.declare(this, deployment, table, exclusions);
        UpstreamLooking.declare(this, deployment, table);
        DeadLetteredQueue lifecycleWork = LifecycleEnforcing.declare(this, deployment, table, pulls, exclusions);
        CacheEventHandling.declare(this, deployment, table, warming.orders(), lifecycleWork);
    }

    /** The names of the roles of all functions, whose calls are no pulls. */
    static List<String> ownRoles(Deployment deployment) {
        return List.of(
                        UsageRecording.FUNCTION,
                        UsageKeeping.FUNCTION,
                        CacheEventHandling.FUNCTION,
                        Warming.PLANNER,
                        Warming.WORKER,
                        UpstreamLooking.FUNCTION,
                        LifecycleEnforcing.FUNCTION,
                        LifecycleEnforcing.WORKER)
                .stream()
                .map(deployment::roleName)
                .toList();
    }

    /** The names of those of them that fetch manifests: the others' calls never look like pulls. */
    static List<String> fetchingRoles(Deployment deployment) {
        return List.of(Warming.WORKER, LifecycleEnforcing.WORKER).stream()
                .map(deployment::roleName)
                .toList();
    }

    private static StackProps props(LarderConfig config, Cell cell) {
        return StackProps.builder()
                .env(Environment.builder()
                        .account(cell.account())
                        .region(cell.region())
                        .build())
                .description("Larder " + config.name() + ": ECR pull-through cache, recorded, warm and clean")
                // the CDK toolkit checks the account's bootstrap by itself
                .synthesizer(new DefaultStackSynthesizer(DefaultStackSynthesizerProps.builder()
                        .generateBootstrapVersionRule(false)
                        .build()))
                .tags(Map.of("managed-by", "larder"))
                .build();
    }
}
