/** What a sweep over a large cell takes. */
@NullMarked
package dev.larder.benchmarks.lifecycle;

import org.jspecify.annotations.NullMarked;
