/** IAM, as far as it says which actions the roles of a stack may call. */
@NullMarked
package dev.larder.local.iam;

import org.jspecify.annotations.NullMarked;
