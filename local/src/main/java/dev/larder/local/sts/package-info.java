/** STS: who calls, and sessions of roles. */
@NullMarked
package dev.larder.local.sts;

import org.jspecify.annotations.NullMarked;
