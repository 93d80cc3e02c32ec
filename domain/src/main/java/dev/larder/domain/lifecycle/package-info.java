/** What may be thrown away, in which order, and how much of it. */
@NullMarked
package dev.larder.domain.lifecycle;

import org.jspecify.annotations.NullMarked;
