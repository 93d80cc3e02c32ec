/** What to warm next, and what it may cost. */
@NullMarked
package dev.larder.domain.warming;

import org.jspecify.annotations.NullMarked;
