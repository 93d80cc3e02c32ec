@NullMarked
package dev.larder.local.registry;

import org.jspecify.annotations.NullMarked;
