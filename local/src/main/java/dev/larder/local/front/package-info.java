/** The one HTTP endpoint that all services answer on. */
@NullMarked
package dev.larder.local.front;

import org.jspecify.annotations.NullMarked;
