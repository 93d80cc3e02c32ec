/** Lifecycle policies: their grammar, what they select, and the run that acts on it. */
@NullMarked
package dev.larder.local.ecr.lifecycle;

import org.jspecify.annotations.NullMarked;
