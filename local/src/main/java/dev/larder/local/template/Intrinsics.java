package dev.larder.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.larder.local.front.Json;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Computes CloudFormation's intrinsic functions. One that is not here stops the start with its name. */
final class Intrinsics {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(!?)([^}]+)}");
    /** Stands for a property that {@code AWS::NoValue} removes. */
    private static final JsonNode NOTHING = NullNode.getInstance();

    private final Scope scope;
    private final String where;

    /** @param where the stack and resource, for messages */
    Intrinsics(Scope scope, String where) {
        this.scope = scope;
        this.where = where;
    }

    JsonNode resolve(JsonNode node) throws TemplateException {
        if (node instanceof ArrayNode list) {
            ArrayNode resolved = Json.array();
            for (JsonNode element : list) {
                JsonNode value = resolve(element);
                if (!value.isNull()) {
                    resolved.add(value);
                }
            }
            return resolved;
        }
        if (!(node instanceof ObjectNode object)) {
            return node;
        }
        if (object.size() == 1) {
            Map.Entry<String, JsonNode> only = object.properties().iterator().next();
            if (only.getKey().equals("Ref") || only.getKey().startsWith("Fn::")) {
                return function(only.getKey(), only.getValue());
            }
        }
        ObjectNode resolved = Json.object();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            JsonNode value = resolve(field.getValue());
            if (!value.isNull()) {
                resolved.set(field.getKey(), value);
            }
        }
        return resolved;
    }

    private JsonNode function(String name, JsonNode argument) throws TemplateException {
        return switch (name) {
            case "Ref" -> argument.asText().equals("AWS::NoValue") ? NOTHING : ref(argument.asText());
            case "Fn::GetAtt" -> attribute(argument);
            case "Fn::Join" -> join(list(name, argument, 2));
            case "Fn::Sub" -> substitute(argument);
            case "Fn::Select" -> select(list(name, argument, 2));
            case "Fn::Split" -> split(list(name, argument, 2));
            case "Fn::Base64" -> TextNode.valueOf(Base64.getEncoder().encodeToString(bytes(text(argument))));
            case "Fn::FindInMap" -> mapped(list(name, argument, 3));
            case "Fn::ImportValue" -> found(scope.imported(text(argument)), "export " + text(argument));
            case "Fn::If" -> choose(list(name, argument, 3));
            case "Fn::Equals", "Fn::Not", "Fn::And", "Fn::Or" ->
                com.fasterxml.jackson.databind.node.BooleanNode.valueOf(
                        condition(Json.object().set(name, argument)));
            default ->
                throw new TemplateException(where + ": the function " + name + " is not known to the local cloud");
        };
    }

    boolean condition(JsonNode node) throws TemplateException {
        if (!node.isObject() || node.size() != 1) {
            return node.asBoolean();
        }
        Map.Entry<String, JsonNode> only = node.properties().iterator().next();
        JsonNode argument = only.getValue();
        return switch (only.getKey()) {
            case "Condition" -> condition(found(scope.condition(argument.asText()), "condition " + argument.asText()));
            case "Fn::Equals" -> {
                ArrayNode pair = list("Fn::Equals", argument, 2);
                yield resolve(pair.get(0)).equals(resolve(pair.get(1)));
            }
            case "Fn::Not" -> !condition(list("Fn::Not", argument, 1).get(0));
            case "Fn::And" -> all(argument, true);
            case "Fn::Or" -> !all(argument, false);
            default ->
                throw new TemplateException(
                        where + ": the condition function " + only.getKey() + " is not known to the local cloud");
        };
    }

    private boolean all(JsonNode parts, boolean wanted) throws TemplateException {
        for (JsonNode part : parts) {
            if (condition(part) != wanted) {
                return false;
            }
        }
        return true;
    }

    private JsonNode choose(ArrayNode arguments) throws TemplateException {
        boolean holds = condition(Json.object().set("Condition", arguments.get(0)));
        return resolve(arguments.get(holds ? 1 : 2));
    }

    private JsonNode ref(String name) throws TemplateException {
        return found(scope.ref(name), "parameter or resource " + name);
    }

    private JsonNode attribute(JsonNode argument) throws TemplateException {
        String text =
                argument.isTextual() ? argument.asText() : argument.path(0).asText() + "." + text(argument.path(1));
        int dot = text.indexOf('.');
        return found(
                scope.attribute(text.substring(0, Math.max(dot, 0)), text.substring(dot + 1)),
                "attribute " + text + " (of a resource that is deployed before)");
    }

    private JsonNode join(ArrayNode arguments) throws TemplateException {
        List<String> parts = new ArrayList<>();
        for (JsonNode part : resolve(arguments.get(1))) {
            parts.add(part.asText());
        }
        return TextNode.valueOf(String.join(arguments.get(0).asText(), parts));
    }

    private JsonNode substitute(JsonNode argument) throws TemplateException {
        String pattern = argument.isArray() ? argument.path(0).asText() : argument.asText();
        JsonNode own = argument.isArray() ? resolve(argument.path(1)) : Json.object();
        StringBuilder text = new StringBuilder();
        Matcher matcher = PLACEHOLDER.matcher(pattern);
        while (matcher.find()) {
            String name = matcher.group(2);
            String value;
            if (!matcher.group(1).isEmpty()) {
                value = "${" + name + "}";
            } else if (own.has(name)) {
                value = own.path(name).asText();
            } else {
                value = (name.contains(".") ? attribute(TextNode.valueOf(name)) : ref(name)).asText();
            }
            matcher.appendReplacement(text, Matcher.quoteReplacement(value));
        }
        return TextNode.valueOf(matcher.appendTail(text).toString());
    }

    private JsonNode select(ArrayNode arguments) throws TemplateException {
        JsonNode values = resolve(arguments.get(1));
        int index = resolve(arguments.get(0)).asInt(-1);
        if (!values.has(index)) {
            throw new TemplateException(where + ": Fn::Select asks for element " + index + " of " + values);
        }
        return values.get(index);
    }

    private JsonNode split(ArrayNode arguments) throws TemplateException {
        ArrayNode parts = Json.array();
        String text = text(arguments.get(1));
        for (String part : text.split(Pattern.quote(arguments.get(0).asText()), -1)) {
            parts.add(part);
        }
        return parts;
    }

    private JsonNode mapped(ArrayNode arguments) throws TemplateException {
        String map = text(arguments.get(0));
        String first = text(arguments.get(1));
        String second = text(arguments.get(2));
        return found(
                java.util.Optional.of(scope.mappings().path(map).path(first).path(second))
                        .filter(value -> !value.isMissingNode()),
                "entry " + first + "/" + second + " of mapping " + map);
    }

    private String text(JsonNode node) throws TemplateException {
        return resolve(node).asText();
    }

    private ArrayNode list(String function, JsonNode argument, int size) throws TemplateException {
        if (argument instanceof ArrayNode list && list.size() == size) {
            return list;
        }
        throw new TemplateException(where + ": " + function + " needs " + size + " arguments, found " + argument);
    }

    private JsonNode found(java.util.Optional<JsonNode> value, String what) throws TemplateException {
        return value.orElseThrow(() -> new TemplateException(where + ": there is no " + what));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }
}
