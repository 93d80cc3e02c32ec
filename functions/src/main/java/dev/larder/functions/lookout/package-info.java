/** What is looked at outside the cell: upstreams, and whether ECR's rules for them work. */
@NullMarked
package dev.larder.functions.lookout;

import org.jspecify.annotations.NullMarked;
