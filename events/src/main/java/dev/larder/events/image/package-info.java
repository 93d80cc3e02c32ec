@NullMarked
package dev.larder.events.image;

import org.jspecify.annotations.NullMarked;
