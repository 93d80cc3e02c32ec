/** What upstream registries say of their tags, asked directly. */
@NullMarked
package dev.larder.functions.registry;

import org.jspecify.annotations.NullMarked;
