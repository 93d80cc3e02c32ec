package dev.larder.local.registry;

import com.sun.net.httpserver.HttpExchange;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A client's request, apart from the HTTP server that took it.
 *
 * @param path decoded
 * @param query the first value of each parameter, decoded
 */
record RegistryRequest(
        String method, String path, Map<String, String> query, List<String> accept, Optional<String> range) {
    static RegistryRequest of(HttpExchange exchange) {
        return new RegistryRequest(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                query(Optional.ofNullable(exchange.getRequestURI().getRawQuery())),
                accept(exchange),
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("Range")));
    }

    boolean isRead() {
        return method.equals("GET") || method.equals("HEAD");
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(query.get(name));
    }

    private static List<String> accept(HttpExchange exchange) {
        return exchange.getRequestHeaders().getOrDefault("Accept", List.of()).stream()
                .flatMap(header -> List.of(header.split(",", -1)).stream())
                .map(type -> type.replaceFirst(";.*", "").strip())
                .toList();
    }

    private static Map<String, String> query(Optional<String> raw) {
        Map<String, String> query = new LinkedHashMap<>();
        for (String pair : raw.orElse("").split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                query.putIfAbsent(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return query;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new RegistryException(400, "UNSUPPORTED", "the query has a broken escape: '" + text + "'");
        }
    }
}
