package dev.larder.local.sqs;

import com.typesafe.config.ConfigFactory;
import dev.larder.local.world.WorldClassLoader;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
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
import org.elasticmq.persistence.sql.SqlQueuePersistenceConfig;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.elasticmq.util.NowProvider;
import scala.Option;
import scala.collection.immutable.List$;
import scala.util.Either;
import scalikejdbc.ConnectionPool;

/**
 * ElasticMQ with its messages in an H2 file if they shall last. It takes the time of a message from the process, and
 * knows one database per process: so {@link WorldClassLoader} loads this class and ElasticMQ once more for each cloud, and
 * leads its calls for time to the cloud's clock.
 */
final class ElasticMq implements QueueServer {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String SILENT_DAEMON =
            "pekko { loglevel = OFF, stdout-loglevel = OFF, loggers = [], daemonic = on, log-dead-letters = off }";

    private final ActorSystem actors;
    private final ActorRef manager;
    private final SQSRestServer server;
    private final int port;

    /**
     * Starts it.
     *
     * @param frontPort the port that queue URLs show
     * @param folder of the database; empty when messages need not outlive the process
     */
    ElasticMq(String account, String region, int frontPort, Optional<Path> folder, InstantSource clock)
            throws IOException {
        actors = ActorSystem.create(
                "sqs", ConfigFactory.parseString(SILENT_DAEMON).withFallback(ConfigFactory.load()));
        Optional<ActorRef> journal = folder.map(ElasticMq::database)
                .map(database -> actors.actorOf(Props.create(
                        SqlQueuePersistenceActor.class,
                        () -> new SqlQueuePersistenceActor(database, List$.MODULE$.empty()))));
        manager = actors.actorOf(Props.create(
                QueueManagerActor.class,
                () -> new QueueManagerActor(
                        new NowProvider(), RelaxedSQSLimits$.MODULE$, Option.apply(journal.orElse(null)))));
        if (journal.isPresent()) {
            restore(journal.get(), manager);
        }
        server = SQSRestServerBuilder.withActorSystem(actors)
                .withQueueManagerActor(manager)
                .withInterface("127.0.0.1")
                .withDynamicPort()
                .withServerAddress(new NodeAddress("http", "127.0.0.1", frontPort, ""))
                .withSQSLimits(RelaxedSQSLimits$.MODULE$)
                .withAWSRegion(region)
                .withAWSAccountId(account)
                .start();
        port = server.waitUntilStarted().localAddress().getPort();
    }

    /** Loads a copy of this class and of ElasticMQ for a clock, and starts it. */
    static QueueServer start(String account, String region, int frontPort, Optional<Path> folder, InstantSource clock)
            throws IOException {
        WorldClassLoader loader = WorldClassLoader.ofLibrary("sqs", ElasticMq::isCopied, "org.elasticmq.", clock);
        if (folder.isPresent()) {
            Files.createDirectories(folder.get());
        }
        try {
            Constructor<?> copy = loader.loadClass(ElasticMq.class.getName())
                    .getDeclaredConstructor(String.class, String.class, int.class, Optional.class, InstantSource.class);
            copy.setAccessible(true); // the copy's package is another one to the JVM
            return (QueueServer) copy.newInstance(account, region, frontPort, folder, clock);
        } catch (InvocationTargetException e) {
            throw new IOException("ElasticMQ cannot start: " + e.getTargetException(), e);
        } catch (ReflectiveOperationException e) {
            throw new IOException("ElasticMQ cannot be loaded: " + e, e);
        }
    }

    private static boolean isCopied(String className) {
        return className.startsWith("org.elasticmq.")
                || className.startsWith("scalikejdbc.")
                || className.startsWith(ElasticMq.class.getName());
    }

    private static SqlQueuePersistenceConfig database(Path folder) {
        String url = "jdbc:h2:" + folder.toAbsolutePath().resolve("queues");
        return new SqlQueuePersistenceConfig(true, "org.h2.Driver", url, "", "", false);
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

    @Override
    public int port() {
        return port;
    }

    @Override
    public void close() throws IOException {
        server.stopAndWait();
        actors.terminate();
        await(actors.getWhenTerminated().toCompletableFuture());
        ConnectionPool.closeAll();
    }
}
