package dev.larder.benchmarks.usage;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.larder.events.image.ImageReference.Tagged;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * What Larder writes beside the log in a day: the ranks of every hour, the closing of the day, the leases of the runs, and
 * what is logged of ECR's trips upstream. It hangs on the images, not on their pulls, so that it is found with few of these:
 * in every hour every image has as many pulls as chance gives it at its rate, but no more than {@link #AT_MOST}, each by
 * another role. Where there are many images, a part of them stands for all.
 *
 * <p>Ranks are logarithms: a third of all pulls moves them as all pulls do.
 */
public final class Days {
    /** Pulls of an image and hour: one by each role. */
    private static final int AT_MOST = 3;

    private static final Instant BEGINS = Instant.parse("2026-11-23T00:00:00Z");

    /** Runs are not on the hour; and a day is closed two hours after its end. */
    private static final Duration RUNS_AT = Duration.ofMinutes(5);

    private static final int CLOSED_IN = 3;

    private final Mix mix;
    private final int of;
    private final WrittenUnits units;
    private final Larder larder;
    private final Nodes nodes;
    private final Random random;
    private final List<Integer> images;

    private Days(Mix mix, int of, WrittenUnits units, Larder larder, Random random) {
        this.mix = mix;
        this.of = of;
        this.units = units;
        this.larder = larder;
        this.nodes = new Nodes(random);
        this.random = random;
        this.images = IntStream.range(0, mix.shares().size())
                .filter(image -> image % of == of / 2)
                .boxed()
                .toList();
    }

    /**
     * Lives through days. The first one is the dearest: no image has any figures, and the ranks move most.
     *
     * @param of how many images each one that is simulated stands for
     * @return the write units of each day, of all images
     */
    public static List<Double> units(LocalDynamoDb dynamoDb, Mix mix, int of, int days, Random random) {
        WrittenUnits units = new WrittenUnits();
        String table = Tables.next();
        try (DynamoDbClient client = dynamoDb.client(units)) {
            LocalDynamoDb.create(client, table);
            return new Days(mix, of, units, new Larder(client, table), random).live(days);
        }
    }

    private List<Double> live(int days) {
        larder.rollUp(BEGINS); // closes the empty days before, once
        double idle = cost(() -> larder.rollUp(BEGINS));
        List<Double> hours = new ArrayList<>();
        for (int hour = 0; hour < days * 24 + CLOSED_IN; hour++) {
            Instant begins = BEGINS.plus(Duration.ofHours(hour));
            double trips = pull(begins, hour);
            double rollUp =
                    cost(() -> larder.rollUp(begins.plus(Duration.ofHours(1)).plus(RUNS_AT)));
            hours.add((trips + rollUp - idle) * of + idle);
        }
        // a day's own runs: from the one that closed the day before to the one that closes this one
        return IntStream.range(0, days)
                .mapToObj(day -> sum(hours.subList(day == 0 ? 0 : day * 24 + CLOSED_IN, (day + 1) * 24 + CLOSED_IN)))
                .toList();
    }

    /** The pulls of an hour go into the log, which is paid elsewhere; only trips upstream are paid here. */
    private double pull(Instant hour, int number) {
        record Arrival(SQSMessage message, Instant at) {}
        List<Arrival> arrivals = new ArrayList<>();
        double trips = 0;
        for (int image : images) {
            Tagged name = Mix.image(image);
            if (image % 24 == number % 24) {
                Instant at = hour.plusSeconds(random.nextInt(3_600));
                trips += cost(() -> larder.wentUpstream(name, at));
            }
            int pulls = Math.min(poisson(mix.shares().get(image) * mix.rate() * 3_600), AT_MOST);
            int role = random.nextInt(AT_MOST);
            for (int i = 0; i < pulls; i++) {
                Instant at = hour.plusSeconds(random.nextInt(3_600));
                arrivals.add(new Arrival(nodes.pullByRole(name, at, role + i), at));
            }
        }
        arrivals.sort(Comparator.comparing(Arrival::at));
        for (int from = 0; from < arrivals.size(); from += Queue.BATCH) {
            List<Arrival> batch = arrivals.subList(from, Math.min(arrivals.size(), from + Queue.BATCH));
            SQSEvent event = new SQSEvent();
            event.setRecords(batch.stream().map(Arrival::message).toList());
            larder.handle(event, batch.getLast().at());
        }
        return trips;
    }

    private int poisson(double mean) {
        if (mean > 30) {
            return (int) Math.max(0, Math.round(mean + Math.sqrt(mean) * random.nextGaussian()));
        }
        int drawn = 0;
        for (double left = random.nextDouble(); left > Math.exp(-mean); left *= random.nextDouble()) {
            drawn++;
        }
        return drawn;
    }

    private double cost(Runnable work) {
        double before = units.total();
        work.run();
        return units.total() - before;
    }

    private static double sum(List<Double> units) {
        return units.stream().mapToDouble(each -> each).sum();
    }
}
