package dev.larder.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@link Warm} to and from {@link EnvironmentVariables#WARM}. Behind the settings, after a {@code |} each, follow the tracks
 * and the substitutes:
 *
 * <pre>{@code
 * schedule=rate(15 minutes); platforms=linux/amd64; pins=docker-hub/library/nginx:1.27; top=1000; minimumPulls=2; within=14d;
 * images=500; bytes=500GB | track=docker-hub/library/postgres; versions=>=15 <18; variants=alpine; newest=2 |
 * from=docker-hub/library/*; to=ecr-public/docker/library/*
 * }</pre>
 *
 * <p>What is at its default is left out to stay within Lambda's 4 KB: cells, versions, variants.
 */
public final class WarmSettings {
    private static final Set<String> FIELDS = new LinkedHashSet<>(
            List.of("schedule", "platforms", "pins", "top", "minimumPulls", "within", "images", "bytes", "cells"));
    private static final Set<String> TRACK_FIELDS =
            new LinkedHashSet<>(List.of("track", "versions", "variants", "newest"));
    private static final Set<String> SUBSTITUTE_FIELDS = new LinkedHashSet<>(List.of("from", "to"));

    private WarmSettings() {}

    /** The variable and its text. */
    public static Map<String, String> toEnvironment(Warm warm) {
        Stream<String> tracks = warm.tracks().stream().map(WarmSettings::write);
        Stream<String> substitutes = warm.substitutes().stream().map(WarmSettings::write);
        String text = Stream.of(Stream.of(settings(warm)), tracks, substitutes)
                .flatMap(parts -> parts)
                .collect(Collectors.joining(" | "));
        return Map.of(EnvironmentVariables.WARM, text);
    }

    private static String settings(Warm warm) {
        SettingsText text = new SettingsText()
                .with("schedule", warm.schedule())
                .with("platforms", warm.platforms())
                .with("pins", warm.pins())
                .with("top", warm.popular().top())
                .with("minimumPulls", warm.popular().minimumPulls())
                .with("within", Durations.write(warm.popular().within()))
                .with("images", warm.limits().imagesPerRun())
                .with("bytes", ByteSizes.write(warm.limits().bytesPerDay()));
        if (!warm.cells().isEmpty()) {
            text.with("cells", warm.cells());
        }
        return text.toString();
    }

    private static String write(Track track) {
        SettingsText text = new SettingsText().with("track", track.image());
        if (!track.versions().equals(Track.ANY_VERSION)) {
            text.with("versions", track.versions());
        }
        if (!track.variants().isEmpty()) {
            text.with("variants", track.variants());
        }
        return text.with("newest", track.newest()).toString();
    }

    private static String write(Substitute substitute) {
        return new SettingsText()
                .with("from", substitute.from())
                .with("to", substitute.to())
                .toString();
    }

    /**
     * What {@link #toEnvironment} was given.
     *
     * @throws IllegalArgumentException when the variable is missing or broken
     */
    public static Warm fromEnvironment(Map<String, String> environment) {
        String text = SettingsReader.text(environment, EnvironmentVariables.WARM);
        List<String> parts = List.of(text.split(" \\| ", -1));
        List<Track> tracks = new ArrayList<>();
        List<Substitute> substitutes = new ArrayList<>();
        for (String part : parts.subList(1, parts.size())) {
            if (part.startsWith("track=")) {
                tracks.add(track(part));
            } else {
                substitutes.add(substitute(part));
            }
        }
        return warm(SettingsReader.of(EnvironmentVariables.WARM, parts.getFirst(), FIELDS), tracks, substitutes);
    }

    private static Warm warm(SettingsReader reader, List<Track> tracks, List<Substitute> substitutes) {
        Warm.Popular popular = new Warm.Popular(
                reader.required("top", Numbers.atLeast(0)),
                reader.required("minimumPulls", Numbers.atLeast(0)),
                reader.required("within", Durations::read));
        Warm.Limits limits = new Warm.Limits(
                reader.required("images", Numbers.atLeast(1)), reader.required("bytes", ByteSizes::read));
        return new Warm(
                reader.required("schedule", schedule -> schedule),
                reader.list("platforms"),
                reader.list("pins"),
                tracks,
                popular,
                limits,
                reader.list("cells"),
                substitutes);
    }

    private static Track track(String part) {
        SettingsReader reader = SettingsReader.of(EnvironmentVariables.WARM, part, TRACK_FIELDS);
        return new Track(
                reader.required("track", image -> image),
                reader.optional("versions", versions -> versions).orElse(Track.ANY_VERSION),
                reader.list("variants"),
                reader.required("newest", Numbers.atLeast(1)));
    }

    private static Substitute substitute(String part) {
        SettingsReader reader = SettingsReader.of(EnvironmentVariables.WARM, part, SUBSTITUTE_FIELDS);
        return new Substitute(reader.required("from", from -> from), reader.required("to", to -> to));
    }
}
