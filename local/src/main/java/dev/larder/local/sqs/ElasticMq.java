package dev.larder.local.sqs;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;
import org.apache.pekko.pattern.Patterns;
import org.elasticmq.NodeAddress;
import org.elasticmq.RelaxedSQSLimits$;
import org.elasticmq.actor.QueueManagerActor;
import org.elasticmq.actor.queue.QueueEvent;
import org.elasticmq.persistence.sql.SqlQueuePersistenceActor;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.elasticmq.rest.sqs.TheSQSRestServerBuilder;
import scala.Option;
import scala.collection.immutable.List$;
import scala.util.Either;

/** Starts ElasticMQ with the cloud's time, on a loopback port, with its messages in an H2 file if they shall last. */
final class ElasticMq implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String SILENT_DAEMON =
            "pekko { loglevel = OFF, stdout-loglevel = OFF, loggers = [], daemonic = on, log-dead-letters = off }";

    private final ActorSystem actors;
    private final SQSRestServer server;
    private final Optional<DurablePool> pool;
    private final int port;

    private ElasticMq(ActorSystem actors, SQSRestServer server, Optional<DurablePool> pool) {
        this.actors = actors;
        this.server = server;
        this.pool = pool;
        this.port = server.waitUntilStarted().localAddress().getPort();
    }

    /**
     * @param frontPort the port that queue URLs show
     * @param folder of the database; empty when messages need not outlive the process
     */
    static ElasticMq start(String account, String region, int frontPort, Optional<Path> folder, InstantSource clock)
            throws IOException {
        ActorSystem actors = ActorSystem.create(
                "sqs", ConfigFactory.parseString(SILENT_DAEMON).withFallback(ConfigFactory.load()));
        Optional<DurablePool> pool =
                folder.isPresent() ? Optional.of(DurablePool.open(folder.get())) : Optional.empty();
        Optional<ActorRef> journal = pool.map(open -> actors.actorOf(Props.create(
                SqlQueuePersistenceActor.class,
                () -> new SqlQueuePersistenceActor(open.configuration(), List$.MODULE$.empty()))));
        ActorRef manager = actors.actorOf(Props.create(
                QueueManagerActor.class,
                () -> new QueueManagerActor(
                        new CloudNow(clock), RelaxedSQSLimits$.MODULE$, Option.apply(journal.orElse(null)))));
        if (journal.isPresent()) {
            restore(journal.get(), manager);
        }
        TheSQSRestServerBuilder builder = SQSRestServerBuilder.withActorSystem(actors)
                .withQueueManagerActor(manager)
                .withInterface("127.0.0.1")
                .withDynamicPort()
                .withServerAddress(new NodeAddress("http", "127.0.0.1", frontPort, ""))
                .withSQSLimits(RelaxedSQSLimits$.MODULE$)
                .withAWSRegion(region)
                .withAWSAccountId(account);
        return new ElasticMq(actors, builder.start(), pool);
    }

    private static void restore(ActorRef journal, ActorRef manager) throws IOException {
        Object result = await(
                Patterns.ask(journal, new QueueEvent.Restore(manager), PATIENCE).toCompletableFuture());
        if (result instanceof Either<?, ?> either && either.isLeft()) {
            throw new IOException("the queues cannot be restored: " + either);
        }
    }

    private static <T> T await(java.util.concurrent.Future<T> future) throws IOException {
        try {
            return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("ElasticMQ does not answer: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the start of ElasticMQ was interrupted", e);
        }
    }

    int port() {
        return port;
    }

    @Override
    public void close() throws IOException {
        server.stopAndWait();
        actors.terminate();
        await(actors.getWhenTerminated().toCompletableFuture());
        if (pool.isPresent()) {
            pool.get().close();
        }
    }
}
