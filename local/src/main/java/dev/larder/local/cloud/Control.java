package dev.larder.local.cloud;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.larder.local.aws.AwsException;
import dev.larder.local.front.Front;
import dev.larder.local.front.Json;
import dev.larder.local.front.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The cloud's own HTTP paths: its clock, its state, whether it is at rest, and ECR's rates. */
final class Control {
    private static final Pattern SHORT = Pattern.compile("([0-9]+)([smhd])");

    private final LocalClock clock;
    private final Supplier<ObjectNode> status;
    private final EcrRates rates;

    Control(LocalClock clock, Supplier<ObjectNode> status, EcrRates rates) {
        this.clock = clock;
        this.status = status;
        this.rates = rates;
    }

    Map<String, HttpHandler> handlers() {
        return Map.of("clock", this::clock, "status", this::status, "quiet", this::quiet, "ecr-rates", this::rates);
    }

    private void clock(HttpExchange exchange) throws IOException {
        answer(exchange, () -> {
            if (exchange.getRequestMethod().equals("POST")) {
                clock.advance(duration(Json.required(body(exchange), "advance")));
            }
            return Json.object()
                    .put("now", clock.now().toString())
                    .put("ahead", clock.ahead().toString());
        });
    }

    private void status(HttpExchange exchange) throws IOException {
        answer(exchange, status::get);
    }

    private void quiet(HttpExchange exchange) throws IOException {
        answer(exchange, () -> {
            String query = String.valueOf(exchange.getRequestURI().getQuery());
            String timeout = query.startsWith("timeout=") ? query.substring("timeout=".length()) : "10s";
            return Json.object().put("quiet", clock.awaitQuiet(duration(timeout)));
        });
    }

    private void rates(HttpExchange exchange) throws IOException {
        answer(exchange, () -> switch (exchange.getRequestMethod()) {
            case "POST" -> rates.set(body(exchange));
            case "DELETE" -> rates.reset();
            default -> rates.read();
        });
    }

    private static ObjectNode body(HttpExchange exchange) throws IOException {
        return Json.read(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    }

    /** Reads {@code 25h}, {@code 10s}, {@code 31d} or an ISO duration. */
    static Duration duration(String text) {
        Matcher matcher = SHORT.matcher(text.strip());
        try {
            if (!matcher.matches()) {
                return Duration.parse(text.strip());
            }
            long value = Long.parseLong(matcher.group(1));
            return switch (matcher.group(2)) {
                case "s" -> Duration.ofSeconds(value);
                case "m" -> Duration.ofMinutes(value);
                case "h" -> Duration.ofHours(value);
                default -> Duration.ofDays(value);
            };
        } catch (DateTimeException | NumberFormatException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no duration; expected for instance 25h, 31d, 10s or PT25H", e);
        }
    }

    private static void answer(HttpExchange exchange, Answer answer) throws IOException {
        try (exchange) {
            Reply reply;
            try {
                reply = Reply.rest(200, answer.give());
            } catch (AwsException e) {
                reply = Reply.restError(e);
            } catch (IllegalArgumentException e) {
                reply = Reply.rest(400, Json.object().put("message", e.getMessage()));
            } catch (IOException e) {
                reply = Reply.rest(500, Json.object().put("message", e.getMessage()));
            }
            Front.send(exchange, reply);
        }
    }

    /** What a path answers. */
    @FunctionalInterface
    private interface Answer {
        ObjectNode give() throws IOException;
    }
}
