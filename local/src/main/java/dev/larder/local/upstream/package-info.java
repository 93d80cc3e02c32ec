@NullMarked
package dev.larder.local.upstream;

import org.jspecify.annotations.NullMarked;
