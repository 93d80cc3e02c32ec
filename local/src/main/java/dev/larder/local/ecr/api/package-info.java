/** ECR's JSON API on top of the registry's state: one class for each group of actions. */
@NullMarked
package dev.larder.local.ecr.api;

import org.jspecify.annotations.NullMarked;
