package dev.larder.local.ecr.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;

/** Tags of AWS resources, within AWS's limits. */
final class ResourceTags {
    private static final int MOST = 50;
    private static final int KEY_LENGTH = 128;
    private static final int VALUE_LENGTH = 256;

    private ResourceTags() {}

    static Map<String, String> read(JsonNode tags) {
        Map<String, String> read = new TreeMap<>();
        for (JsonNode tag : tags) {
            String key = tag.path("Key").asText();
            String value = tag.path("Value").asText();
            if (key.isEmpty() || key.length() > KEY_LENGTH || value.length() > VALUE_LENGTH || key.startsWith("aws:")) {
                throw Errors.error(
                        "InvalidTagParameterException",
                        "the tag '" + key + "' needs a key of 1 to 128 characters that does not begin with aws:,"
                                + " and a value of at most 256");
            }
            read.put(key, value);
        }
        return limited(read);
    }

    static Map<String, String> limited(Map<String, String> tags) {
        if (tags.size() > MOST) {
            throw Errors.error(
                    "TooManyTagsException", "a resource can have " + MOST + " tags, these would be " + tags.size());
        }
        return tags;
    }
}
