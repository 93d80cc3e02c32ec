@NullMarked
package dev.larder.infra;

import org.jspecify.annotations.NullMarked;
