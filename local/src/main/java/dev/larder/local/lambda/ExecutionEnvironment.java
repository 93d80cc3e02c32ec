package dev.larder.local.lambda;

import dev.larder.local.world.WorldClassLoader;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One instance of a function: its own class loader and handler, one invocation at a time. */
final class ExecutionEnvironment implements AutoCloseable {
    private final WorldClassLoader loader;
    private final Handler handler;

    private ExecutionEnvironment(WorldClassLoader loader, Handler handler) {
        this.loader = loader;
        this.handler = handler;
    }

    /** Loads the function and makes its handler. Errors of the function itself come out as they were thrown. */
    static ExecutionEnvironment start(
            FunctionSettings settings, Map<String, String> environment, InstantSource clock, FunctionLog log)
            throws Throwable {
        PrintStream console = new PrintStream(new LineSink(log::line), true, StandardCharsets.UTF_8);
        WorldClassLoader loader =
                WorldClassLoader.ofFunction(settings.name(), settings.code(), environment, clock, console);
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return new ExecutionEnvironment(loader, Handler.create(settings.handler(), loader));
        } catch (InvocationTargetException e) {
            loader.close();
            throw e.getTargetException();
        } catch (ReflectiveOperationException | LinkageError e) {
            loader.close();
            throw e;
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /**
     * Invokes the handler and waits for it, up to the invocation's deadline.
     *
     * @throws TimeoutException when it did not end in time; it was interrupted, and this environment is done for
     */
    InvocationResult invoke(byte[] event, Invocation invocation) throws TimeoutException, InterruptedException {
        CompletableFuture<InvocationResult> result = new CompletableFuture<>();
        Thread thread = Thread.ofVirtual()
                .name(invocation.settings().name())
                .unstarted(() -> result.complete(handle(event, invocation)));
        thread.setContextClassLoader(loader);
        thread.start();
        try {
            return result.get(invocation.remaining().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            thread.interrupt();
            throw e;
        } catch (ExecutionException e) {
            return InvocationResult.thrown(e);
        }
    }

    private InvocationResult handle(byte[] event, Invocation invocation) {
        try {
            return InvocationResult.returned(handler.handle(event, invocation.context(loader)));
        } catch (InvocationTargetException e) {
            return InvocationResult.thrown(e.getTargetException());
        } catch (ReflectiveOperationException | RuntimeException | Error e) {
            return InvocationResult.thrown(e);
        }
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }
}
