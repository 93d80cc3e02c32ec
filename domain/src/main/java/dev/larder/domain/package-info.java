@NullMarked
package dev.larder.domain;

import org.jspecify.annotations.NullMarked;
