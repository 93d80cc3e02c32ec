package dev.larder.local.cloud;

import dev.larder.local.bus.BusToBus;
import dev.larder.local.bus.BusTypes;
import dev.larder.local.bus.EventBus;
import dev.larder.local.bus.EventsApi;
import dev.larder.local.clock.MovableClock;
import dev.larder.local.clock.Periodic;
import dev.larder.local.clock.TimeMachine;
import dev.larder.local.cloudtrail.CloudTrailApi;
import dev.larder.local.cloudtrail.TrailGate;
import dev.larder.local.cloudtrail.Trails;
import dev.larder.local.dynamodb.TableType;
import dev.larder.local.dynamodb.TimeToLive;
import dev.larder.local.dynamodb.WatchedWrites;
import dev.larder.local.ecr.api.EcrApi;
import dev.larder.local.front.AwsService;
import dev.larder.local.front.Front;
import dev.larder.local.front.JsonProtocol;
import dev.larder.local.iam.RolePermissions;
import dev.larder.local.lambda.AsyncInvocations;
import dev.larder.local.lambda.EventInvokeConfigType;
import dev.larder.local.lambda.EventSourceMappings;
import dev.larder.local.lambda.FunctionType;
import dev.larder.local.lambda.Functions;
import dev.larder.local.lambda.LambdaApi;
import dev.larder.local.lambda.QualifierTypes;
import dev.larder.local.scheduler.ScheduleType;
import dev.larder.local.scheduler.Schedules;
import dev.larder.local.secrets.SecretStore;
import dev.larder.local.secrets.SecretsApi;
import dev.larder.local.sqs.QueueType;
import dev.larder.local.sqs.Sqs;
import dev.larder.local.sts.Callers;
import dev.larder.local.sts.StsApi;
import dev.larder.local.template.RecordOnly;
import dev.larder.local.template.ResourceType;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** An AWS that fits in one JVM, with one cell's stacks deployed. Everything listens on 127.0.0.1 only. */
public final class LocalCloud implements AutoCloseable {
    static {
        // read when the first client is made: an upstream's layers pass from thread to thread in pieces of this size
        // (16 KiB without it), and a piece costs more than its bytes
        System.setProperty("jdk.httpclient.bufsize", String.valueOf(128 << 10));
    }

    /** DynamoDB deletes what has expired within a few days. */
    private static final Duration TTL_SWEEP = Duration.ofDays(1);

    /** ECR acts within 24 hours of an image meeting a policy. */
    private static final Duration LIFECYCLE_EVALUATION = Duration.ofHours(12);

    private final Parts parts;
    private final CellStacks cell;
    private final DataFolder data;
    private final Front front;
    private final EcrParts ecr;
    private final LocalClock clock;
    private final EventBus events;
    private final Functions functions;
    private final Map<String, String> outputs;

    private LocalCloud(
            Parts parts,
            CellStacks cell,
            DataFolder data,
            Front front,
            EcrParts ecr,
            LocalClock clock,
            EventBus events,
            Functions functions,
            Map<String, String> outputs) {
        this.parts = parts;
        this.cell = cell;
        this.data = data;
        this.front = front;
        this.ecr = ecr;
        this.clock = clock;
        this.events = events;
        this.functions = functions;
        this.outputs = Map.copyOf(outputs);
    }

    /**
     * Starts a cloud; returns when everything that the templates describe is there.
     *
     * @throws IOException when it cannot start; nothing is left running. The message says what to do.
     */
    public static LocalCloud start(Options options) throws IOException {
        Silence.fall();
        CellStacks cell = CellStacks.read(options.cdkOut(), options.cell());
        Parts parts = new Parts();
        try {
            return start(options, cell, parts);
        } catch (IOException | RuntimeException | Error e) {
            try {
                parts.close();
            } catch (IOException stopping) {
                e.addSuppressed(stopping);
            }
            throw e;
        }
    }

    private static LocalCloud start(Options options, CellStacks cell, Parts parts) throws IOException {
        DataFolder data = parts.add(DataFolder.open(options.data()));
        Front front = parts.add(Front.bind(options.port()));
        MovableClock clock = MovableClock.open(data.resolve("clock"), InstantSource.system());
        options.progress().accept("starting DynamoDB and SQS");
        Backends backends = Backends.start(cell, data, front.port(), clock, parts);
        Sqs sqs = backends.sqs();
        Callers callers = new Callers(cell.account());
        CompletableFuture<String> registryHosts = new CompletableFuture<>();
        Functions functions = parts.add(new Functions(new Functions.Surroundings(
                cell.region(),
                front.endpoint(),
                registryHosts::join,
                data.resolve("logs"),
                clock,
                function -> callers.session(function.role(), function.name()).accessKeyId(),
                options.functionLog())));
        AsyncInvocations async = new AsyncInvocations(functions, sqs, clock);
        EventSourceMappings mappings = parts.add(new EventSourceMappings(sqs, functions));
        CloudActivity activity = new CloudActivity(sqs, mappings, async);
        TimeMachine time = parts.add(new TimeMachine(clock, activity));
        LocalClock localClock = new LocalClock(clock, time, activity);
        Targets targets = new Targets(sqs, async);
        RolePermissions permissions = new RolePermissions();
        BusToBus elsewhere = new BusToBus(cell.account(), cell.region(), permissions, options.progress());
        EventBus events = parts.add(new EventBus(targets, elsewhere));
        Schedules schedules = Schedules.open(data.resolve("schedules.json"), clock, time, targets);
        TimeToLive timeToLive = new TimeToLive(backends.dynamoDb().backend());
        Alarms alarms = parts.add(new Alarms(sqs, options.progress()));
        List<String> queues = new CopyOnWriteArrayList<>();
        SecretStore secrets = SecretStore.open(data.resolve("secrets.json"));
        SecretsApi secretsApi = new SecretsApi(secrets, cell.account(), cell.region(), clock);
        Trails trails = Trails.open(data.resolve("trails.json"), options.trail(), clock.instant());
        EcrParts ecr = EcrParts.start(
                cell,
                data.resolve("ecr"),
                options.registryPort(),
                new TrailGate(trails, events),
                new Secrets(secrets),
                clock,
                parts);

        Workloads workloads = Workloads.open(cell, data, ecr);
        registryHosts.complete(String.join(",", workloads.hosts()));

        List<ResourceType> types = new ArrayList<>(permissions.observing(RecordOnly.all()));
        types.addAll(QualifierTypes.all(functions));
        types.addAll(BusTypes.all(events, options.progress()));
        types.addAll(new EcrTypes(ecr.api(), cell.account(), name -> ensureSecret(secretsApi, name, options)).all());
        types.addAll(List.of(
                new TableType("AWS::DynamoDB::Table", backends.dynamoDb().backend(), timeToLive),
                new TableType("AWS::DynamoDB::GlobalTable", backends.dynamoDb().backend(), timeToLive),
                new QueueType(sqs, queues),
                new ScheduleType(schedules),
                new FunctionType(functions, async, data.resolve("functions")),
                new EventInvokeConfigType(functions, async),
                mappings,
                alarms));
        Map<String, AwsService> services = Map.of(
                "dynamodb", new WatchedWrites(backends.dynamoDb().backend(), timeToLive),
                "sqs", sqs,
                "events", new JsonProtocol(new EventsApi(events, cell.account(), cell.region(), clock)),
                "ecr", new JsonProtocol(ecr.api()),
                "ecs", new JsonProtocol(workloads.ecs()),
                "cloudtrail", new JsonProtocol(new CloudTrailApi(trails, cell.account(), cell.region(), clock)),
                "scheduler", schedules,
                "sts", new StsApi(callers, clock),
                "secretsmanager", new JsonProtocol(secretsApi),
                "lambda", new LambdaApi(functions, workloads.functions(), async, mappings));
        Map<String, String> outputs = new CellDeployment(options.progress()).deploy(cell, types);

        Status status =
                new Status(cell, localClock, services.keySet(), functions, mappings, schedules, alarms, sqs, queues);
        front.serve(
                services,
                callers,
                permissions,
                new Control(localClock, status::read, new EcrRates(ecr.api())).handlers());
        time.add(async);
        time.add(new Periodic(clock.instant(), TTL_SWEEP, timeToLive::sweep));
        time.add(new Periodic(clock.instant(), LIFECYCLE_EVALUATION, ecr.lifecycle()::evaluate));
        mappings.start();
        time.start();
        alarms.start();
        return new LocalCloud(parts, cell, data, front, ecr, localClock, events, functions, outputs);
    }

    private static void ensureSecret(SecretsApi secrets, String name, Options options) {
        if (secrets.createEmpty(name)) {
            options.progress()
                    .accept("the secret " + name
                            + " has no value yet; give it one with: aws secretsmanager put-secret-value"
                            + " --secret-id " + name
                            + " --secret-string '{\"username\":\"...\",\"accessToken\":\"...\"}'");
        }
    }

    /** What {@code AWS_ENDPOINT_URL} is to be set to. */
    public URI endpoint() {
        return front.endpoint();
    }

    /** Where OCI clients pull from. */
    public URI registry() {
        return ecr.endpoint();
    }

    /** An image that can be pulled through one of the cache rules, for a person to try. */
    public String exampleImage() {
        return ecr.exampleImage();
    }

    /** The cell's 12-digit account. */
    public String account() {
        return cell.account();
    }

    /** The cell's region. */
    public String region() {
        return cell.region();
    }

    /** Where everything is kept. */
    public Path data() {
        return data.path();
    }

    /** The event bus, to see, lose, double or hold events. */
    public EventBus events() {
        return events;
    }

    /** From now on what one's rules forward to the other's buses arrives there, as far as roles and policies let it. */
    public void connect(LocalCloud other) {
        events.connect(other.events);
        other.events.connect(events);
    }

    /** ECR's API, to set what no caller can: its rates, what scans found, how far replication is. */
    public EcrApi ecr() {
        return ecr.api();
    }

    /** The functions, with what they did so far. */
    public Functions functions() {
        return functions;
    }

    /** The outputs of the stacks. */
    public Map<String, String> outputs() {
        return outputs;
    }

    /** The cloud's time. */
    public Instant now() {
        return clock.now();
    }

    /**
     * Moves the clock forward through everything that is due, and lets the cloud come to rest.
     *
     * @return the time afterwards
     * @throws IOException when it does not come to rest
     */
    public Instant advance(Duration by) throws IOException {
        return clock.advance(by);
    }

    /**
     * Waits until no message waits for a function and none runs.
     *
     * @return false when it was not quiet in time
     */
    public boolean awaitQuiet(Duration timeout) {
        return clock.awaitQuiet(timeout);
    }

    @Override
    public void close() throws IOException {
        parts.close();
    }
}
