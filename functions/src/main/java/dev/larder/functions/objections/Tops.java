package dev.larder.functions.objections;

import dev.larder.domain.lifecycle.Manifest;
import dev.larder.events.image.Digest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The manifests that stand for all others: what an index lists comes with it. What refers to an image, as a signature does,
 * comes with that when ECR is asked for it, and only while its upstream has it: those are apart. What is about an image by
 * one of its tags alone comes by that tag and with nothing else, so it stands for itself.
 */
final class Tops {
    private Tops() {}

    /** Those that no other candidate lists; of indexes that list each other in a circle, one. */
    static List<Manifest> of(List<Manifest> candidates) {
        Map<Digest, Manifest> byDigest = new HashMap<>();
        candidates.forEach(manifest -> byDigest.put(manifest.digest(), manifest));
        List<Manifest> own = candidates.stream()
                .filter(manifest -> !refers(manifest, byDigest))
                .toList();
        Set<Digest> listed = new HashSet<>();
        own.forEach(manifest -> manifest.children().stream()
                .flatMap(Set::stream)
                .filter(child -> !child.equals(manifest.digest()))
                .forEach(listed::add));
        List<Manifest> tops = new ArrayList<>();
        Set<Digest> covered = new HashSet<>();
        for (Manifest manifest : own) {
            if (!listed.contains(manifest.digest())) {
                tops.add(manifest);
                cover(manifest, byDigest, covered);
            }
        }
        for (Manifest manifest : own) {
            if (!covered.contains(manifest.digest())) {
                tops.add(manifest);
                cover(manifest, byDigest, covered);
            }
        }
        return tops;
    }

    /** Those that are about another candidate. */
    static List<Manifest> referrers(List<Manifest> candidates) {
        Map<Digest, Manifest> byDigest = new HashMap<>();
        candidates.forEach(manifest -> byDigest.put(manifest.digest(), manifest));
        return candidates.stream()
                .filter(manifest -> refers(manifest, byDigest))
                .toList();
    }

    /** A signature of what is not there has nobody to come with. */
    private static boolean refers(Manifest manifest, Map<Digest, Manifest> byDigest) {
        return manifest.subject()
                .filter(subject -> !subject.equals(manifest.digest()) && byDigest.containsKey(subject))
                .isPresent();
    }

    private static void cover(Manifest top, Map<Digest, Manifest> byDigest, Set<Digest> covered) {
        Deque<Manifest> left = new ArrayDeque<>(List.of(top));
        while (!left.isEmpty()) {
            Manifest manifest = left.pop();
            if (covered.add(manifest.digest())) {
                manifest.children().stream()
                        .flatMap(Set::stream)
                        .map(byDigest::get)
                        .filter(child -> child != null)
                        .forEach(left::push);
            }
        }
    }
}
