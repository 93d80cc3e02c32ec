/** What runs now, and so must not be deleted. */
@NullMarked
package dev.larder.functions.inuse;

import org.jspecify.annotations.NullMarked;
