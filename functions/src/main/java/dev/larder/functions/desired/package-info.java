/** Brings cached repositories to their desired state. */
@NullMarked
package dev.larder.functions.desired;

import org.jspecify.annotations.NullMarked;
