/** The images in ECR, behind ports, and the only code that calls ECR's API. */
@NullMarked
package dev.larder.functions.ecr;

import org.jspecify.annotations.NullMarked;
