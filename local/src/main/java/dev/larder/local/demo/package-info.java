/** The main job as a story, told and checked step by step. */
@NullMarked
package dev.larder.local.demo;

import org.jspecify.annotations.NullMarked;
