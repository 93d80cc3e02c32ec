/** Replays a year of tag changes and a demand against ECR's rules, to see what warming saves. */
@NullMarked
package dev.larder.benchmarks.warming;

import org.jspecify.annotations.NullMarked;
