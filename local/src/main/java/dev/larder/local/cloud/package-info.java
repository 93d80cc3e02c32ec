/** Starts and stops the local cloud. */
@NullMarked
package dev.larder.local.cloud;

import org.jspecify.annotations.NullMarked;
