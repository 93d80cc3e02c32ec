/** What a sweep is made of: the queue of its pieces, what came of each, and the switch that stops it. */
@NullMarked
package dev.larder.functions.sweep;

import org.jspecify.annotations.NullMarked;
