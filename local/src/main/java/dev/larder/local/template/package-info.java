/** Deploys synthesized CloudFormation templates: what they describe is created here, and what is not known is refused by name. */
@NullMarked
package dev.larder.local.template;

import org.jspecify.annotations.NullMarked;
