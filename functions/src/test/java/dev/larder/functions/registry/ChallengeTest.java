package dev.larder.functions.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChallengeTest {
    @Test
    void theChallengeOfDockerHubIsRead() {
        assertEquals(
                List.of(new Challenge(
                        "bearer",
                        Map.of(
                                "realm", "https://auth.docker.io/token",
                                "service", "registry.docker.io",
                                "scope", "repository:library/nginx:pull"))),
                Challenge.parse(List.of("Bearer realm=\"https://auth.docker.io/token\",service=\"registry.docker.io\","
                        + "scope=\"repository:library/nginx:pull\"")));
    }

    @Test
    void severalChallengesInOneHeaderAreToldApart() {
        assertEquals(
                List.of("basic", "bearer"),
                Challenge.parse(List.of(
                                "Basic realm=\"a, b\", Bearer realm=\"https://t\",scope=\"repository:x:pull,push\""))
                        .stream()
                        .map(Challenge::scheme)
                        .toList());
    }

    @Test
    void bareWordsAndQuotedQuotesAreRead() {
        assertEquals(
                List.of(new Challenge("basic", Map.of("realm", "it's \"mine\"", "charset", "UTF-8"))),
                Challenge.parse(List.of("BASIC realm=\"it's \\\"mine\\\"\" , charset=UTF-8")));
    }

    @Test
    void whatIsNoChallengeIsPassedOver() {
        assertEquals(List.of(), Challenge.parse(List.of("", "Negotiate", "=\"\",")));
    }
}
