/** What an ECR registry holds, kept on disk so that a kill at any moment leaves each operation done or not begun. */
@NullMarked
package dev.larder.local.ecr.state;

import org.jspecify.annotations.NullMarked;
