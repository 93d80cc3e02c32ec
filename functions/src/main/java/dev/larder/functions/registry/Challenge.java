package dev.larder.functions.registry;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One challenge of a {@code WWW-Authenticate} header (RFC 9110, 11.6.1).
 *
 * @param scheme in lower case: {@code bearer}, {@code basic}
 * @param parameters by name, without regard to case
 */
public record Challenge(String scheme, Map<String, String> parameters) {
    private static final String PARAMETER = "[\\w-]+\\s*=\\s*(?:\"(?:[^\"\\\\]|\\\\.)*\"|[^\\s,\"]+)";
    private static final Pattern ONE =
            Pattern.compile("([A-Za-z][\\w-]*)\\s+(" + PARAMETER + "(?:\\s*,\\s*" + PARAMETER + ")*)");
    private static final Pattern PAIR =
            Pattern.compile("([\\w-]+)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^\\s,\"]+))");

    /** Reads every challenge of every header; what is none is passed over. */
    public static List<Challenge> parse(List<String> headers) {
        List<Challenge> challenges = new ArrayList<>();
        for (String header : headers) {
            Matcher one = ONE.matcher(header);
            while (one.find()) {
                challenges.add(new Challenge(one.group(1).toLowerCase(Locale.ROOT), pairs(one.group(2))));
            }
        }
        return challenges;
    }

    private static Map<String, String> pairs(String text) {
        Map<String, String> pairs = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        Matcher pair = PAIR.matcher(text);
        while (pair.find()) {
            String quoted = pair.group(2);
            pairs.put(pair.group(1), quoted == null ? pair.group(3) : quoted.replaceAll("\\\\(.)", "$1"));
        }
        return Collections.unmodifiableMap(pairs);
    }

    /** A parameter that is there and not empty. */
    public Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isEmpty());
    }
}
