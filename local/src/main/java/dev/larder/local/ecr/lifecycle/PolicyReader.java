package dev.larder.local.ecr.lifecycle;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;

/** From the text of a policy to its rules, in the order of the text. */
final class PolicyReader {
    private static final int LEAST_CHARACTERS = 100;
    private static final int MOST_CHARACTERS = 30_720;
    private static final int MOST_RULES = 50;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private PolicyReader() {}

    static List<Rule> read(String text) {
        int characters = text.codePointCount(0, text.length());
        if (characters < LEAST_CHARACTERS || characters > MOST_CHARACTERS) {
            throw BrokenPolicy.at(
                    "$", characters + " characters", LEAST_CHARACTERS + " to " + MOST_CHARACTERS + " characters");
        }
        JsonPart policy = new JsonPart("$", json(text)).onlyWith("rules");
        List<JsonPart> parts = policy.objects("rules");
        if (parts.isEmpty() || parts.size() > MOST_RULES) {
            throw BrokenPolicy.at("$.rules", parts.size() + " rules", "1 to " + MOST_RULES + " rules");
        }
        List<Rule> rules = parts.stream().map(RuleReader::read).toList();
        RulesTogether.check(rules);
        return rules;
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException broken) {
            throw BrokenPolicy.at("$", "text that is not JSON (" + where(broken) + ")", "one JSON object");
        }
    }

    private static String where(JsonProcessingException broken) {
        String place = broken.getLocation() == null
                ? ""
                : "line " + broken.getLocation().getLineNr() + ", column "
                        + broken.getLocation().getColumnNr() + ": ";
        return place + broken.getOriginalMessage();
    }
}
