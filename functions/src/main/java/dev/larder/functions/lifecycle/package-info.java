/** Throws away what nobody needs, says why, and can take it back. */
@NullMarked
package dev.larder.functions.lifecycle;

import org.jspecify.annotations.NullMarked;
