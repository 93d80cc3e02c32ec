/** The dear signals against an eviction: ECR's replication and in-use count, and whether the upstream still has the image. */
@NullMarked
package dev.larder.functions.objections;

import org.jspecify.annotations.NullMarked;
