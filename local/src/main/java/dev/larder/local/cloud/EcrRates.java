package dev.larder.local.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.local.ecr.api.EcrApi;
import dev.larder.local.front.Json;
import java.util.Map;
import java.util.TreeMap;

/** ECR's rates as JSON: calls per second by action, and nothing of an action that is not limited. */
record EcrRates(EcrApi ecr) {
    ObjectNode read() {
        ObjectNode rates = Json.object();
        ecr.rates().forEach(rates::put);
        return rates;
    }

    /** @throws IllegalArgumentException for an action that there is not, and for what is no rate */
    ObjectNode set(ObjectNode wanted) {
        Map<String, Double> rates = new TreeMap<>();
        for (Map.Entry<String, JsonNode> rate : wanted.properties()) {
            if (!rate.getValue().isNumber()) {
                throw new IllegalArgumentException("the rate of " + rate.getKey() + " is " + rate.getValue()
                        + "; expected a number of calls per second");
            }
            rates.put(rate.getKey(), rate.getValue().asDouble());
        }
        ecr.setRates(rates);
        return read();
    }

    ObjectNode reset() {
        ecr.resetRates();
        return read();
    }
}
