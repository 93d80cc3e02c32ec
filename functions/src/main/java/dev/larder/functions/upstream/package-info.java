/** How each upstream is doing, as the table has it. */
@NullMarked
package dev.larder.functions.upstream;

import org.jspecify.annotations.NullMarked;
