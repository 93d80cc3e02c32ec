/** The cell's one DynamoDB table: its keys, its attributes, and what is read from and written to it. */
@NullMarked
package dev.larder.functions.table;

import org.jspecify.annotations.NullMarked;
