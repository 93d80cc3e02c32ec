@NullMarked
package dev.larder.cli;

import org.jspecify.annotations.NullMarked;
