/** SQS, by ElasticMQ, in this JVM. */
@NullMarked
package dev.larder.local.sqs;

import org.jspecify.annotations.NullMarked;
