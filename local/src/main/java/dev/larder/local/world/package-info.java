/** Class loaders whose classes see an environment, a clock and a console of their own. */
@NullMarked
package dev.larder.local.world;

import org.jspecify.annotations.NullMarked;
