package dev.larder.functions.warm;

import dev.larder.config.Upstream;
import dev.larder.events.WarmOrder;
import dev.larder.events.image.Platform;
import java.time.Instant;
import java.util.Set;
import java.util.function.Consumer;

/**
 * An order that is being carried out.
 *
 * @param start since when
 * @param landing hears which platforms have landed
 */
record Job(WarmOrder order, Upstream upstream, Instant start, Consumer<Set<Platform>> landing) {}
