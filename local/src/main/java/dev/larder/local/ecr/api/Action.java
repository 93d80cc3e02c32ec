package dev.larder.local.ecr.api;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** One operation of the API; its input has been validated against the model. */
@FunctionalInterface
interface Action {
    ObjectNode perform(Request request);
}
