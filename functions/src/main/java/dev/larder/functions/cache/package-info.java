/** What ECR's events tell of the cache. */
@NullMarked
package dev.larder.functions.cache;

import org.jspecify.annotations.NullMarked;
