package dev.larder.domain.lifecycle;

import dev.larder.events.image.Digest;
import dev.larder.events.image.Tag;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Who lists whom and who is about whom in one repository. Manifests are numbered in the order of their digests, their
 * places, so that what is decided does not depend on the order in which ECR lists them. What a manifest names and the
 * repository does not hold is left out.
 */
final class Relations {
    private static final int[] NONE = {};

    private final Map<Digest, Manifest> byDigest = new LinkedHashMap<>();
    private final List<Manifest> manifests;
    private final Map<Digest, Integer> places;
    private final int[][] children;
    private final int[][] parents;
    private final int[][] subjects;
    private final int[][] referrers;

    Relations(List<Manifest> all) {
        List<Manifest> sorted = new ArrayList<>(all);
        sorted.sort(Comparator.comparing(Manifest::digest));
        sorted.forEach(manifest -> byDigest.merge(manifest.digest(), manifest, Relations::both));
        manifests = List.copyOf(byDigest.values());
        places = HashMap.newHashMap(manifests.size());
        for (int place = 0; place < manifests.size(); place++) {
            places.put(manifests.get(place).digest(), place);
        }
        children = new int[manifests.size()][];
        subjects = new int[manifests.size()][];
        for (int place = 0; place < manifests.size(); place++) {
            Manifest manifest = manifests.get(place);
            children[place] = places(manifest.children().orElse(Set.of()), places);
            subjects[place] = places(manifest.subjects(), places);
        }
        parents = turned(children);
        referrers = turned(subjects);
    }

    /** A page that was read while the repository changed may bring a manifest again: what it lists is in doubt then. */
    private static Manifest both(Manifest one, Manifest other) {
        if (one.equals(other)) {
            return one;
        }
        return new Manifest(
                one.repository(),
                one.digest(),
                Stream.concat(one.tags().stream(), other.tags().stream()).toList(),
                one.mediaType(),
                one.sizeBytes(),
                one.pushedAt(),
                one.recordedPullAt(),
                one.subject().or(other::subject),
                Optional.empty(),
                one.archived() || other.archived());
    }

    private static int[] places(Set<Digest> digests, Map<Digest, Integer> places) {
        return digests.isEmpty()
                ? NONE
                : digests.stream()
                        .filter(places::containsKey)
                        .mapToInt(places::get)
                        .sorted()
                        .toArray();
    }

    private static int[][] turned(int[][] arrows) {
        int[] counts = new int[arrows.length];
        for (int[] ends : arrows) {
            for (int end : ends) {
                counts[end]++;
            }
        }
        int[][] turned = new int[arrows.length][];
        Arrays.setAll(turned, place -> counts[place] == 0 ? NONE : new int[counts[place]]);
        for (int place = arrows.length - 1; place >= 0; place--) {
            for (int end : arrows[place]) {
                turned[end][--counts[end]] = place;
            }
        }
        return turned;
    }

    int size() {
        return manifests.size();
    }

    Manifest at(int place) {
        return manifests.get(place);
    }

    /** @throws IllegalArgumentException when it is not in the repository */
    int place(Digest digest) {
        Integer place = places.get(digest);
        if (place == null) {
            throw new IllegalArgumentException("no manifest " + digest + " in this repository");
        }
        return place;
    }

    Map<Digest, Manifest> byDigest() {
        return Collections.unmodifiableMap(byDigest);
    }

    /** What it lists. */
    int[] children(int place) {
        return children[place];
    }

    /** The indexes that list it. */
    int[] parents(int place) {
        return parents[place];
    }

    /** What it is a part of: the indexes that list it, and what it is about. */
    int[] wholes(int place) {
        if (!hasSubject(place)) {
            return parents[place];
        }
        return IntStream.concat(Arrays.stream(parents[place]), Arrays.stream(subjects[place]))
                .toArray();
    }

    /** What is about it. */
    int[] referrers(int place) {
        return referrers[place];
    }

    /** Whether it is about another one here. */
    boolean hasSubject(int place) {
        return subjects[place].length > 0;
    }

    /** What it is about. */
    int[] subjects(int place) {
        return subjects[place];
    }

    /** Whether a tag of it says that it is about another one here. */
    boolean isAbout(int place, Tag tag) {
        return hasSubject(place)
                && manifests
                        .get(place)
                        .subjectBy(tag)
                        .filter(places::containsKey)
                        .isPresent();
    }

    /** All that it is related to, in one step. */
    int[][] around(int place) {
        return new int[][] {children[place], parents[place], referrers[place], subjects[place]};
    }

    /** Whether it is nobody's part: not listed by an index here, and not about another one here. */
    boolean isTop(int place) {
        return parents[place].length == 0 && !hasSubject(place);
    }
}
