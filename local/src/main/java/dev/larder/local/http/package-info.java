@NullMarked
package dev.larder.local.http;

import org.jspecify.annotations.NullMarked;
