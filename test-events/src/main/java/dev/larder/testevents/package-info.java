/** Gives tests and tools the JSON payloads of this module by name. */
@NullMarked
package dev.larder.testevents;

import org.jspecify.annotations.NullMarked;
