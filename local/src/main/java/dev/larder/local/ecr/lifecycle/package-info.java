/**
 * ECR's lifecycle policies: what a policy may say, and which images it would act on at an instant. Pure: no store, no
 * clock, no network. Sources: {@code LifecyclePolicies.html}, {@code lifecycle_policy_parameters.html} and
 * {@code lifecycle_policy_examples.html} of the Amazon ECR user guide, and the service's API model.
 */
@NullMarked
package dev.larder.local.ecr.lifecycle;

import org.jspecify.annotations.NullMarked;
