/** EventBridge: buses, rules and their targets. */
@NullMarked
package dev.larder.local.bus;

import org.jspecify.annotations.NullMarked;
