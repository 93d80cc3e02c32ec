/** The usage record: who pulled what, when, each pull once. */
@NullMarked
package dev.larder.functions.usage;

import org.jspecify.annotations.NullMarked;
