/** What the planner of warmings knows, and what it orders. */
@NullMarked
package dev.larder.functions.planning;

import org.jspecify.annotations.NullMarked;
