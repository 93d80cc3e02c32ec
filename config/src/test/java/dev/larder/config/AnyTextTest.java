package dev.larder.config;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** No text makes the loader fail in another way than by saying what is wrong. */
class AnyTextTest {
    private static final String EXAMPLE = Samples.text(Path.of("..", "larder.yaml"));

    @Property(tries = 2000)
    void anyTextIsReadOrExplained(@ForAll String text) {
        readOrExplained(text);
    }

    @Property(tries = 2000)
    void anyYamlLikeTextIsReadOrExplained(@ForAll("yamlLike") String text) {
        readOrExplained(text);
    }

    @Property(tries = 2000)
    void anExampleWithADamagedPlaceIsReadOrExplained(@ForAll("damaged") String text) {
        readOrExplained(text);
    }

    @Provide
    Arbitrary<String> yamlLike() {
        return Arbitraries.of(
                        "name",
                        "cells",
                        "upstreams",
                        "usage",
                        "warm",
                        "pins",
                        "a",
                        "7d",
                        ": ",
                        "- ",
                        "\n",
                        "\n  ",
                        "[",
                        "]",
                        "{",
                        "}",
                        ", ",
                        "&a ",
                        "*a",
                        "<<",
                        "!x ",
                        "!!str ",
                        "? ",
                        "| ",
                        "> ",
                        "'",
                        "\"",
                        "#",
                        "%",
                        "---\n",
                        "...\n",
                        "~",
                        "null",
                        "1",
                        "0x1",
                        "1e400",
                        "\\",
                        "\t",
                        "\u0000",
                        "\ud800",
                        "\ufeff",
                        "😀")
                .list()
                .ofMaxSize(30)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<String> damaged() {
        Arbitrary<Integer> places = Arbitraries.integers().between(0, EXAMPLE.length());
        Arbitrary<String> noise =
                Arbitraries.oneOf(yamlLike(), Arbitraries.strings().ofMaxLength(5));
        return Combinators.combine(places, Arbitraries.integers().between(0, 20), noise)
                .as((place, gone, text) -> EXAMPLE.substring(0, place)
                        + text
                        + EXAMPLE.substring(Math.min(EXAMPLE.length(), place + gone)));
    }

    private static void readOrExplained(String text) {
        for (Target target : Target.values()) {
            try {
                assertFalse(ConfigFile.parse(text, "any.yaml", target).cells().isEmpty());
            } catch (InvalidConfigException e) {
                List<String> lines = Stream.of(e.getMessage().split("\n", -1)).toList();
                assertTrue(lines.stream().allMatch(line -> line.startsWith("any.yaml")), e.getMessage());
                assertTrue(lines.size() == e.problems().size(), e.getMessage());
            }
        }
    }
}
