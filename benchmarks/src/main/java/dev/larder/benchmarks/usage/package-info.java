/** What the measurements of the usage record share: the pulls, the queue, the table, and the handlers side by side. */
@NullMarked
package dev.larder.benchmarks.usage;

import org.jspecify.annotations.NullMarked;
