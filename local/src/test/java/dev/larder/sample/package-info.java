/** Functions for the tests, packed into zips by them. */
@NullMarked
package dev.larder.sample;

import org.jspecify.annotations.NullMarked;
