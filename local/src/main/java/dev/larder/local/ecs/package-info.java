/** ECS, as far as it says which images are in use. Nothing runs here. */
@NullMarked
package dev.larder.local.ecs;

import org.jspecify.annotations.NullMarked;
