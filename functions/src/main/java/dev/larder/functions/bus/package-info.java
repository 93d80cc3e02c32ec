/**
 * What Larder tells others and itself: events on the bus, warm orders in the queue, numbers in the log. And how a batch of
 * messages from a queue is gone through.
 */
@NullMarked
package dev.larder.functions.bus;

import org.jspecify.annotations.NullMarked;
