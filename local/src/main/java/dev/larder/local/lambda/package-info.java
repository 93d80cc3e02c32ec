/** Lambda: functions from their zip, each in a class loader of its own, and event source mappings. */
@NullMarked
package dev.larder.local.lambda;

import org.jspecify.annotations.NullMarked;
