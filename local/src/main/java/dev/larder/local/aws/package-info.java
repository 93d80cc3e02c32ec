@NullMarked
package dev.larder.local.aws;

import org.jspecify.annotations.NullMarked;
