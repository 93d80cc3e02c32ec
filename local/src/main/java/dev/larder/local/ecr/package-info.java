@NullMarked
package dev.larder.local.ecr;

import org.jspecify.annotations.NullMarked;
