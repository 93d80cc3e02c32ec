package dev.larder.domain.lifecycle;

import dev.larder.domain.image.Glob;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Makes policies of every kind: rules, pins, protected patterns, prefixes. */
final class RandomPolicies {
    private static final List<Integer> DAYS = List.of(1, 3, 7, 30, 60);

    private RandomPolicies() {}

    static Duration days(RandomGenerator random) {
        return Duration.ofDays(DAYS.get(random.nextInt(DAYS.size())));
    }

    static Policy policy(int size, RandomGenerator random) {
        List<EvictionRule> rules = new ArrayList<>();
        rules.add(rule(EvictionRule.ALL, random));
        for (String match : List.of("docker-hub/**", "docker-hub/library/*", "docker-hub/*/nginx", "quay/**")) {
            if (random.nextInt(3) == 0) {
                rules.add(rule(match, random));
            }
        }
        Collections.shuffle(rules, Random.from(random));
        List<String> prefixes = switch (random.nextInt(20)) {
            case 0 -> List.of("quay");
            case 1 -> List.of("docker", "quay");
            default -> List.of("docker-hub", "quay");
        };
        List<Glob> pinned = random.nextInt(6) == 0
                ? List.of(new Glob("docker-hub/library/nginx:1.1*"), new Glob("quay/a:*"))
                : List.of();
        return new Policy(prefixes, pins(size, random), pinned, rules);
    }

    private static EvictionRule rule(String match, RandomGenerator random) {
        List<Glob> protect = switch (random.nextInt(12)) {
            case 0 -> List.of(new Glob("**:prod-*"));
            case 1 -> List.of(new Glob("*:latest"), new Glob("docker-hub/*/nginx:1.2*"));
            case 2 -> List.of(new Glob("docker-hub/*/nginx"), new Glob("quay/a"));
            case 3 -> List.of(new Glob("*/nginx"), new Glob("**:none"));
            default -> List.of();
        };
        return new EvictionRule(
                match, days(random), days(random), days(random), random.nextInt(3), random.nextBoolean(), protect);
    }

    private static Set<String> pins(int size, RandomGenerator random) {
        Set<String> pins = new HashSet<>();
        if (random.nextInt(4) == 0) {
            pins.add(Registries.REPOSITORY + ":latest");
            pins.add("docker-hub/library/nginx-more:stable");
        }
        if (random.nextInt(6) == 0) {
            pins.add(Registries.REPOSITORY + "@" + Registries.digest(random.nextInt(size)));
        }
        return pins;
    }
}
