@NullMarked
package dev.larder.functions;

import org.jspecify.annotations.NullMarked;
