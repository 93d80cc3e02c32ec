/** What the measurement of imports needs: the upstream, the local cloud, the programs beside it, and the times. */
@NullMarked
package dev.larder.benchmarks.imports;

import org.jspecify.annotations.NullMarked;
