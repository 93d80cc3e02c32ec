package dev.larder.benchmarks.usage;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** One handler's turns: full batches of a Zipf mix, made before the clock starts. */
public final class Course {
    private static final Instant BEGINS = Instant.parse("2026-11-24T10:00:00Z");
    private static final Duration WARM_UP = Duration.ofSeconds(8);
    private static final Mix MIX = Mix.zipf(5_000, 100);

    private final Subject subject;
    private final int batches;
    private final Random random = new Random(11);
    private final Nodes nodes = new Nodes(random);
    private final Mix.Draw draw = MIX.draw(random);
    private final List<Double> byWall = new ArrayList<>();
    private final List<Double> byProcessor = new ArrayList<>();

    /** @param batches in each turn */
    public Course(Subject subject, int batches) {
        this.subject = subject;
        this.batches = batches;
    }

    /** Whose turns they are. */
    public String name() {
        return subject.name();
    }

    /** Runs until the code is compiled, for some seconds. */
    public void warmUp() {
        long ends = System.nanoTime() + WARM_UP.toNanos();
        while (System.nanoTime() < ends) {
            subject.handle(batch(), BEGINS.plusSeconds(60));
        }
    }

    /** One turn. */
    public void run() {
        List<SQSEvent> made = new ArrayList<>();
        for (int i = 0; i < batches; i++) {
            made.add(batch());
        }
        long wall = System.nanoTime();
        long processor = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        made.forEach(batch -> subject.handle(batch, BEGINS.plusSeconds(60)));
        processor = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - processor;
        wall = System.nanoTime() - wall;
        double pulls = batches * (double) Queue.BATCH;
        byWall.add(pulls / wall * 1e9);
        byProcessor.add(pulls / processor * 1e9);
    }

    private SQSEvent batch() {
        SQSEvent event = new SQSEvent();
        List<SQSEvent.SQSMessage> messages = new ArrayList<>();
        for (int i = 0; i < Queue.BATCH; i++) {
            messages.add(nodes.pull(Mix.image(draw.next()), BEGINS.plusSeconds(random.nextInt(60))));
        }
        event.setRecords(messages);
        return event;
    }

    /** Pulls a second on the wall's clock; the median of all turns. */
    public double byWall() {
        return median(byWall);
    }

    /** Pulls for each second of the thread's processor time; the median of all turns. */
    public double byProcessor() {
        return median(byProcessor);
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
