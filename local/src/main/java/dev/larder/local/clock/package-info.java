/** The cloud's movable clock and everything that is due at a time. */
@NullMarked
package dev.larder.local.clock;

import org.jspecify.annotations.NullMarked;
