/** Brings images into the cache before anyone asks: plans, orders, work. */
@NullMarked
package dev.larder.functions.warm;

import org.jspecify.annotations.NullMarked;
