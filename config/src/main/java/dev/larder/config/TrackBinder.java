package dev.larder.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code warm.track}: images of which the newest versions are warm. */
final class TrackBinder {
    static final List<String> KEYS = List.of("image", "versions", "variants", "newest");

    private static final int MOST = 1000;
    private static final Pattern VARIANT = Pattern.compile("[A-Za-z0-9][\\w.-]{0,63}");

    private TrackBinder() {}

    static List<Track> bind(Entry list, BoundUpstreams upstreams) {
        List<Track> tracks = new ArrayList<>();
        Map<String, String> seen = new HashMap<>();
        for (Entry item : list.list()) {
            track(item, upstreams).ifPresent(track -> {
                checkOnce(item, track, seen);
                tracks.add(track);
            });
        }
        return tracks;
    }

    private static Optional<Track> track(Entry item, BoundUpstreams upstreams) {
        return Section.of(item, KEYS).flatMap(section -> {
            Optional<String> image = section.require("image", Repositories.EXPECTED)
                    .flatMap(entry -> entry.text(Repositories.reader(upstreams)));
            Optional<String> versions = section.get("versions")
                    .map(entry -> entry.text(VersionRanges::read))
                    .orElse(Optional.of(Track.ANY_VERSION));
            List<String> variants = section.texts("variants", TrackBinder::variant, List.of());
            int newest = section.number("newest", 1, MOST, 1);
            return image.flatMap(repository -> versions.map(range -> new Track(repository, range, variants, newest)));
        });
    }

    private static String variant(String text) {
        if (!VARIANT.matcher(text).matches()) {
            throw new UnexpectedText("what follows the version in a tag, such as alpine in 17.2-alpine");
        }
        return text;
    }

    /** The same versions of the same variant twice would leave open how many of them are meant. */
    private static void checkOnce(Entry item, Track track, Map<String, String> seen) {
        List<String> variants = track.variants().isEmpty() ? List.of("") : track.variants();
        for (String variant : variants) {
            String key = track.image() + " " + track.versions() + " " + variant;
            Optional<String> before = Optional.ofNullable(seen.putIfAbsent(key, item.path()));
            if (before.isPresent()) {
                String what = variant.isEmpty() ? "" : ", variant " + variant + ",";
                item.problem(
                        track.image() + " with versions " + Shown.quoted(track.versions()) + what + " a second time",
                        "each image with the same versions and variant once: it is in " + before.get());
                return;
            }
        }
    }
}
