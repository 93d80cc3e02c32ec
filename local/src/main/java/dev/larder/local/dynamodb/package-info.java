/** DynamoDB, by AWS's own DynamoDB Local, in this JVM. */
@NullMarked
package dev.larder.local.dynamodb;

import org.jspecify.annotations.NullMarked;
