/** What tags and names mean: families, versions, globs. */
@NullMarked
package dev.larder.domain.image;

import org.jspecify.annotations.NullMarked;
