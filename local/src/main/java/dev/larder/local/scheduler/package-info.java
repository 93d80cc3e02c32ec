/** EventBridge Scheduler: schedules, fired by the movable clock. */
@NullMarked
package dev.larder.local.scheduler;

import org.jspecify.annotations.NullMarked;
