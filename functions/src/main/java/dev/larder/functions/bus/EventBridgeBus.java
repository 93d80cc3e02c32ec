package dev.larder.functions.bus;

import dev.larder.events.OwnEvent;
import java.util.List;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;

/** {@link EventBus} of EventBridge. */
public final class EventBridgeBus implements EventBus {
    /** Entries in one {@code PutEvents} (EventBridge's API model). */
    private static final int ENTRIES = 10;

    private final EventBridgeClient client;
    private final String bus;

    /** @param bus the bus's name */
    public EventBridgeBus(EventBridgeClient client, String bus) {
        this.client = client;
        this.bus = bus;
    }

    @Override
    public void publish(List<? extends OwnEvent> events) {
        for (int from = 0; from < events.size(); from += ENTRIES) {
            List<PutEventsRequestEntry> entries = events.subList(from, Math.min(events.size(), from + ENTRIES)).stream()
                    .map(this::entry)
                    .toList();
            PutEventsResponse answer = client.putEvents(put -> put.entries(entries));
            answer.entries().stream()
                    .filter(entry -> entry.errorCode() != null)
                    .findFirst()
                    .ifPresent(entry -> {
                        throw new IllegalStateException("could not put an event on the bus " + bus + ": "
                                + entry.errorCode() + ": " + entry.errorMessage());
                    });
        }
    }

    private PutEventsRequestEntry entry(OwnEvent event) {
        return PutEventsRequestEntry.builder()
                .eventBusName(bus)
                .source(OwnEvent.SOURCE)
                .detailType(event.detailType())
                .time(event.at())
                .detail(event.detail())
                .build();
    }
}
