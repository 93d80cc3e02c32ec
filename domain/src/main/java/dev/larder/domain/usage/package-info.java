/** What counts as a pull, and where it is counted. */
@NullMarked
package dev.larder.domain.usage;

import org.jspecify.annotations.NullMarked;
