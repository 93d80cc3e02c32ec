/** Secrets Manager, as far as a pull-through cache needs it. */
@NullMarked
package dev.larder.local.secrets;

import org.jspecify.annotations.NullMarked;
