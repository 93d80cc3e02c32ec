/** What Larder tells others and itself: events on the bus, warm orders in the queue, numbers in the log. */
@NullMarked
package dev.larder.functions.bus;

import org.jspecify.annotations.NullMarked;
