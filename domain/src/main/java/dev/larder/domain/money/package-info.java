/** What storage costs, and what it saves when images go. */
@NullMarked
package dev.larder.domain.money;

import org.jspecify.annotations.NullMarked;
