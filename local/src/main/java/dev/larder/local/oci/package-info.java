@NullMarked
package dev.larder.local.oci;

import org.jspecify.annotations.NullMarked;
