package dev.larder.local.upstream;

import dev.larder.local.ecr.ImageUnavailableException;
import dev.larder.local.oci.Manifest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;

/** Lets callers who want the same image at the same time share one trip to the upstream, and its outcome. */
final class SingleFlight {
    private final ConcurrentMap<String, CompletableFuture<Manifest>> flights = new ConcurrentHashMap<>();

    /** A trip to the upstream. */
    interface Flight {
        Manifest fly() throws ImageUnavailableException;
    }

    /** Joins the flight of this name, or flies it. */
    Manifest join(String name, Flight flight) throws ImageUnavailableException {
        CompletableFuture<Manifest> mine = new CompletableFuture<>();
        CompletableFuture<Manifest> theirs = flights.putIfAbsent(name, mine);
        if (theirs != null) {
            return land(theirs);
        }
        try {
            Manifest manifest = flight.fly();
            mine.complete(manifest);
            return manifest;
        } catch (Throwable t) {
            mine.completeExceptionally(t);
            throw t;
        } finally {
            flights.remove(name, mine);
        }
    }

    private static Manifest land(CompletableFuture<Manifest> flight) throws ImageUnavailableException {
        try {
            return flight.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ImageUnavailableException(
                    UpstreamFailure.UNAVAILABLE.failureCode(), "waiting for the import was called off; pull again");
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case ImageUnavailableException unavailable ->
                    throw new ImageUnavailableException(
                            unavailable.failureCode(), String.valueOf(unavailable.getMessage()));
                case RuntimeException failure -> throw failure;
                case Error error -> throw error;
                case null, default -> throw new IllegalStateException("an import ended in a way it cannot", e);
            }
        }
    }
}
