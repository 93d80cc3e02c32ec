/** The command line of the local cloud. */
@NullMarked
package dev.larder.local;

import org.jspecify.annotations.NullMarked;
