/** How much an image is pulled, recent pulls weighing more. */
@NullMarked
package dev.larder.domain.popularity;

import org.jspecify.annotations.NullMarked;
