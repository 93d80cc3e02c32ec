package dev.larder.sample;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Tells what it sees of the world; throws or sleeps when told so. */
public final class Echo implements RequestStreamHandler {
    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        String event = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        if (event.contains("throw")) {
            throw new IllegalStateException("told to throw");
        }
        if (event.contains("sleep")) {
            sleep();
        }
        System.out.println("console of " + System.getenv("WHO"));
        context.getLogger().log("logger of " + context.getFunctionName());
        Supplier<Instant> reference = Instant::now;
        String answer = "{\"event\":" + event + ",\"who\":\"" + System.getenv("WHO") + "\",\"variables\":\""
                + new TreeSet<>(System.getenv().keySet()) + "\",\"times\":\"" + Instant.now() + " " + reference.get()
                + " " + Clock.systemUTC().instant() + " "
                + InstantSource.system().instant() + " "
                + Instant.ofEpochMilli(System.currentTimeMillis()) + "\",\"remaining\":"
                + context.getRemainingTimeInMillis() + ",\"loader\":\""
                + Echo.class.getClassLoader().getName()
                + "\"}";
        out.write(answer.getBytes(StandardCharsets.UTF_8));
    }

    private static void sleep() {
        try {
            Thread.sleep(Duration.ofMinutes(1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
