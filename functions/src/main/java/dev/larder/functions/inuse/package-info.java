/** What runs somewhere: what ECS, Lambda and the lists that clusters report say is in use. */
@NullMarked
package dev.larder.functions.inuse;

import org.jspecify.annotations.NullMarked;
