package dev.larder.functions.usage;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.larder.domain.usage.Fact;
import dev.larder.domain.usage.Fact.Fetch;
import dev.larder.domain.usage.LogHour;
import dev.larder.domain.usage.PullDecision.Logged;
import dev.larder.domain.usage.PullDecision.NoPull;
import dev.larder.domain.usage.PullRules;
import dev.larder.events.ApiCall.BatchGetImage;
import dev.larder.events.Event;
import dev.larder.events.EventParser;
import dev.larder.events.Ignored;
import dev.larder.events.MalformedEventException;
import dev.larder.functions.bus.Metrics;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Lambda handler: logs whose pulls the calls are, and decides nothing else. It reads nothing, and writes one item for each
 * hour that the batch has calls of. A message that is broken, or whose facts could not be logged, is reported as a failed
 * item of its batch; the others are not held up.
 */
public final class UsageRecorder implements RequestHandler<SQSEvent, SQSBatchResponse> {
    private final PullRules rules;
    private final UsageLog log;
    private final Consumer<Instant> begin;
    private final InstantSource clock;
    private final Metrics metrics = Metrics.of("UsageRecorder", System.getenv());
    private boolean begun;

    /** The real wiring, from the environment. */
    public UsageRecorder() {
        this(UsageWiring.fromEnvironment(System.getenv()));
    }

    private UsageRecorder(UsageWiring wiring) {
        this(wiring.rules(), wiring.log(), wiring.state()::begin, InstantSource.system());
    }

    /**
     * Takes the rules and the ports.
     *
     * @param begin takes note that calls are being recorded
     */
    public UsageRecorder(PullRules rules, UsageLog log, Consumer<Instant> begin, InstantSource clock) {
        this.rules = rules;
        this.log = log;
        this.begin = begin;
        this.clock = clock;
    }

    private record Told(String message, Fetch fetch) {}

    @Override
    public SQSBatchResponse handleRequest(SQSEvent messages, Context context) {
        Map<LogHour, List<Told>> hours = new TreeMap<>();
        Map<String, Integer> passedOver = new TreeMap<>();
        Set<String> failed = new LinkedHashSet<>();
        for (SQSEvent.SQSMessage message : messages.getRecords()) {
            read(message, hours, passedOver, failed);
        }
        hours.forEach((hour, told) -> append(hour, told, failed));
        if (!passedOver.isEmpty()) {
            System.out.println("passed over: " + passedOver);
        }
        metrics.add(Metrics.RECEIVED, messages.getRecords().size());
        metrics.add(
                Metrics.IGNORED,
                passedOver.values().stream().mapToInt(times -> times).sum());
        metrics.add(Metrics.FAILED, failed.size());
        metrics.add(Metrics.HANDLED, messages.getRecords().size() - failed.size());
        metrics.flush(clock.instant());
        return new SQSBatchResponse(failed.stream().map(BatchItemFailure::new).toList());
    }

    private void read(
            SQSEvent.SQSMessage message,
            Map<LogHour, List<Told>> hours,
            Map<String, Integer> passedOver,
            Set<String> failed) {
        try {
            Event event = EventParser.parse(message.getBody());
            if (!(event instanceof BatchGetImage fetched)) {
                String reason = event instanceof Ignored ignored
                        ? ignored.reason()
                        : "not a pull: " + event.getClass().getSimpleName();
                passedOver.merge(reason, 1, Integer::sum);
                return;
            }
            begin();
            switch (rules.decide(fetched)) {
                case Logged(List<Fetch> fetches) ->
                    fetches.forEach(fetch -> hours.computeIfAbsent(LogHour.of(fetch.time()), hour -> new ArrayList<>())
                            .add(new Told(message.getMessageId(), fetch)));
                case NoPull(String reason) -> passedOver.merge(reason, 1, Integer::sum);
            }
        } catch (MalformedEventException | RuntimeException e) {
            System.out.println("message " + message.getMessageId() + ": " + e);
            failed.add(message.getMessageId());
        }
    }

    /** The pipe from CloudTrail works, as this call shows, whoever made it. Once in a container's life is enough. */
    private void begin() {
        if (!begun) {
            begin.accept(clock.instant());
            begun = true;
        }
    }

    private void append(LogHour hour, List<Told> told, Set<String> failed) {
        try {
            log.append(hour, told.stream().<Fact>map(Told::fetch).toList(), clock.instant());
            metrics.add(Metrics.LOGGED, told.size());
        } catch (RuntimeException e) {
            System.out.println("could not log " + told.size() + " calls of the hour " + hour + ": " + e);
            told.forEach(each -> failed.add(each.message()));
        }
    }
}
