package dev.larder.local.bus;

import java.util.List;

/**
 * Stands between the services and the bus, where EventBridge is best effort: sees every event, and says what arrives of
 * it. Tests lose, double and hold events with it.
 */
@FunctionalInterface
public interface Tap {
    /**
     * @param event the whole event as JSON
     * @return what reaches the rules instead: normally the event itself, once
     */
    List<String> pass(String event);
}
