package dev.larder.local.clock;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Runs what is due, as time goes by or is moved. A move visits every due thing in the order of its time, with the clock
 * at that time, and lets the cloud come to rest before it goes on.
 */
public final class TimeMachine implements AutoCloseable {
    /** How far a step goes at first while messages wait to be tried again; each further step goes twice as far. */
    private static final Duration FIRST_RETRY_STEP = Duration.ofSeconds(30);

    private static final Duration LONGEST_RETRY_STEP = Duration.ofMinutes(15);

    private static final Duration REST = Duration.ofMinutes(16);
    private static final Duration TICK = Duration.ofMillis(200);

    private final MovableClock clock;
    private final Activity activity;
    private final List<Due> agenda = new CopyOnWriteArrayList<>();
    private final ReentrantLock moving = new ReentrantLock();
    private volatile boolean closed;
    private Duration retryStep = FIRST_RETRY_STEP;

    /** Nothing runs before {@link #start()} or a move. */
    public TimeMachine(MovableClock clock, Activity activity) {
        this.clock = clock;
        this.activity = activity;
    }

    /** Takes in something that is due at times. */
    public void add(Due due) {
        agenda.add(due);
    }

    /** Starts to run what becomes due as the machine's time goes by. */
    public void start() {
        Thread.ofVirtual().name("clock").start(() -> {
            while (!closed) {
                try {
                    Thread.sleep(TICK);
                    tick();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        });
    }

    /** Runs what is due now. */
    void tick() {
        if (!moving.tryLock()) {
            return;
        }
        try {
            for (Optional<Due> due = earliest(clock.instant()); due.isPresent() && !closed; ) {
                run(due.get());
                due = earliest(clock.instant());
            }
        } finally {
            moving.unlock();
        }
    }

    /**
     * Moves the clock forward.
     *
     * @return the time afterwards
     * @throws IOException when the clock's file cannot be written, or the cloud does not come to rest
     */
    public Instant advance(Duration by) throws IOException {
        if (by.isNegative()) {
            throw new IllegalArgumentException("the clock was asked to go back by " + by.abs()
                    + "; it only goes forward. For an earlier time start with an empty --data folder.");
        }
        moving.lock();
        try {
            Instant target = clock.instant().plus(by);
            rest();
            boolean arrived = false;
            while (!arrived) {
                arrived = step(target);
                rest();
            }
            return clock.instant();
        } finally {
            moving.unlock();
        }
    }

    private boolean step(Instant target) throws IOException {
        Optional<Due> due = earliest(target);
        Instant next = due.flatMap(Due::next).orElse(target);
        Optional<Instant> postponed = activity.nextPostponed().filter(next::isAfter);
        if (postponed.filter(clock.instant().plus(retryStep)::isAfter).isPresent()) {
            clock.moveTo(postponed.get());
            return false;
        }
        if (!activity.hasPostponed()) {
            retryStep = FIRST_RETRY_STEP;
        } else if (clock.instant().plus(retryStep).isBefore(next)) {
            clock.moveTo(clock.instant().plus(retryStep));
            Duration doubled = retryStep.multipliedBy(2);
            retryStep = doubled.compareTo(LONGEST_RETRY_STEP) > 0 ? LONGEST_RETRY_STEP : doubled;
            return false;
        }
        clock.moveTo(next);
        due.ifPresent(TimeMachine::run);
        return due.isEmpty();
    }

    private static void run(Due due) {
        due.next().ifPresent(due::run);
    }

    private Optional<Due> earliest(Instant limit) {
        return agenda.stream()
                .filter(due -> due.next().filter(time -> !time.isAfter(limit)).isPresent())
                .min(Comparator.comparing(due -> due.next().orElse(Instant.MAX)));
    }

    private void rest() throws IOException {
        long before = activity.progress();
        while (!activity.awaitQuiet(REST)) {
            long now = activity.progress();
            if (now != before) {
                before = now;
                continue;
            }
            throw new IOException("the clock stays at " + clock.instant()
                    + ": the queues are not empty, and nothing was taken from them for " + REST.toMinutes()
                    + " minutes. GET /_larder/status names the functions and their last errors.");
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
