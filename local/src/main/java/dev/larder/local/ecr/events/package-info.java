/** The events of ECR and CloudTrail in the shapes in which EventBridge delivers them. */
@NullMarked
package dev.larder.local.ecr.events;

import org.jspecify.annotations.NullMarked;
