@NullMarked
package dev.larder.config;

import org.jspecify.annotations.NullMarked;
