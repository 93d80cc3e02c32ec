/** CloudTrail, as far as it decides which API calls EventBridge gets to see. */
@NullMarked
package dev.larder.local.cloudtrail;

import org.jspecify.annotations.NullMarked;
