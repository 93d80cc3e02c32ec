/** How cached repositories should be set up, beside what people set up in them. */
@NullMarked
package dev.larder.domain.desired;

import org.jspecify.annotations.NullMarked;
