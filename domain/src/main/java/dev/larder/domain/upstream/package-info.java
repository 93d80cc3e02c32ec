/** What an upstream allows and how it is doing: budget, circuit, failures. */
@NullMarked
package dev.larder.domain.upstream;

import org.jspecify.annotations.NullMarked;
