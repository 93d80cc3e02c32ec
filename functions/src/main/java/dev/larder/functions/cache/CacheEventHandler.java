package dev.larder.functions.cache;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.larder.config.Upstream;
import dev.larder.events.ApiCall;
import dev.larder.events.EcrImageAction;
import dev.larder.events.Event;
import dev.larder.events.Ignored;
import dev.larder.events.ImageScan;
import dev.larder.events.InspectorScan;
import dev.larder.events.LifecycleWork;
import dev.larder.events.OwnEvent;
import dev.larder.events.PullThroughCacheAction;
import dev.larder.events.ReferrerAction;
import dev.larder.events.ReplicationAction;
import dev.larder.events.ScanResourceChange;
import dev.larder.events.ScheduledRun;
import dev.larder.events.WarmOrder;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.bus.EachMessage;
import dev.larder.functions.bus.Metrics;
import dev.larder.functions.desired.NewRepositories;
import dev.larder.functions.planning.Elsewhere;
import dev.larder.functions.table.ImageRecords;
import dev.larder.functions.warm.Upstreams;
import dev.larder.functions.warm.WarmLeases;
import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * Lambda handler: takes in what ECR's events tell of the cache. They only hint: they may be lost or come late, and the
 * scheduled functions compare with ECR itself. A message that is broken, or whose news could not be stored, is reported as
 * a failed item of its batch.
 */
public final class CacheEventHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {
    private final Upstreams upstreams;
    private final Imports imports;
    private final Removals removals;
    private final Elsewhere elsewhere;
    private final NewRepositories repositories;
    private final Metrics metrics = Metrics.of("CacheEventHandler", System.getenv());
    private final EachMessage each;

    /** The real wiring, from the environment. */
    public CacheEventHandler() {
        this(CacheWiring.fromEnvironment(System.getenv()));
    }

    private CacheEventHandler(CacheWiring wiring) {
        this(
                wiring.upstreams(),
                wiring.images(),
                wiring.leases(),
                wiring.imports(),
                wiring.elsewhere(),
                wiring.repositories(),
                InstantSource.system());
    }

    /** Takes what is configured and the ports. */
    public CacheEventHandler(
            Upstreams upstreams,
            ImageRecords images,
            WarmLeases leases,
            Imports imports,
            Elsewhere elsewhere,
            NewRepositories repositories,
            InstantSource clock) {
        this.upstreams = upstreams;
        this.imports = imports;
        this.elsewhere = elsewhere;
        this.repositories = repositories;
        this.removals = new Removals(images, leases);
        this.each = new EachMessage(metrics, clock);
    }

    @Override
    public SQSBatchResponse handleRequest(SQSEvent messages, Context context) {
        return each.of(messages, event -> {
            handle(event);
            return true;
        });
    }

    private void handle(Event event) {
        switch (event) {
            case PullThroughCacheAction.Succeeded imported ->
                cached(imported.repository(), event, upstream -> {
                    metrics.add(Metrics.COLD_PULLS, imports.succeeded(imported, upstream) ? 1 : 0);
                });
            case PullThroughCacheAction.Failed failure ->
                cached(failure.repository(), event, upstream -> {
                    metrics.add(Metrics.IMPORT_FAILED, 1);
                    System.out.println(failure.repository() + ": the import failed: " + failure);
                    imports.failed(failure, upstream);
                });
            case EcrImageAction action
            when action.succeeded() -> cached(action.repository(), event, upstream -> changed(action));
            case ReplicationAction copied
            when copied.succeeded() ->
                cached(
                        copied.repository(),
                        event,
                        upstream -> copied.tag()
                                .ifPresent(tag -> imports.pushed(
                                        new Tagged(copied.repository(), tag),
                                        copied.digest(),
                                        copied.envelope().time())));
            case ApiCall.CreateRepository created ->
                cached(created.repository(), event, upstream -> {
                    System.out.println("repository " + created.repository() + " was created by "
                            + created.call().principal().countedAs());
                    repositories.created(created.repository());
                });
            case EcrImageAction action -> ignored("an action that failed", action);
            case ReplicationAction copied -> ignored("an action that failed", copied);
            case ReferrerAction referrer -> ignored("not used yet", referrer);
            case ImageScan scan -> ignored("not used yet", scan);
            case InspectorScan scan -> ignored("not used yet", scan);
            case ScanResourceChange change -> ignored("not used yet", change);
            case ApiCall call -> ignored("not for this queue", call);
            case OwnEvent.ImagesPopular popular -> elsewhere.heard(popular);
            case OwnEvent own -> ignored("not for this queue", own);
            case ScheduledRun run -> ignored("not for this queue", run);
            case WarmOrder order -> ignored("not for this queue", order);
            case LifecycleWork work -> ignored("not for this queue", work);
            case Ignored(String reason) -> ignored(reason, event);
        }
    }

    private void changed(EcrImageAction action) {
        switch (action.action()) {
            case PUSH -> {
                if (action.tag().isPresent() && action.digest().isPresent()) {
                    imports.pushed(
                            new Tagged(action.repository(), action.tag().get()),
                            action.digest().get(),
                            action.envelope().time());
                }
            }
            case DELETE -> removals.deleted(action);
            case UPDATE_STORAGE_CLASS -> ignored("not used yet", action);
        }
    }

    private void cached(RepositoryName repository, Event event, Consumer<Upstream> todo) {
        upstreams.of(repository).ifPresentOrElse(todo, () -> ignored(repository + " is under no cache rule", event));
    }

    private void ignored(String reason, Event event) {
        metrics.add(Metrics.IGNORED, 1);
        System.out.println("ignored, " + reason + ": " + event);
    }
}
