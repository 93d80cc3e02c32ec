package dev.larder.domain.desired;

import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which tags of a repository are Larder's. Of those that the file names, Larder has set the ones that its own tag {@code
 * larder:tags} lists: of these it changes the value. Any other that has another value is somebody's. A tag's value has 256
 * characters, so keys are listed by five digits of their hash.
 */
final class OwnTags {
    static final String LIST = "larder:tags";
    private static final String PREFIX = "larder:";
    private static final int DIGITS = 5;

    /** Wanted in every file with the same value, so that another one is somebody's. */
    private static final String MANAGED_BY = "managed-by";

    private OwnTags() {}

    /** Those of the found tags that somebody has set to another value than the wanted one. */
    static Map<String, String> peoples(Map<String, String> found, Map<String, String> wanted) {
        Set<String> listed = listed(found.getOrDefault(LIST, ""));
        Map<String, String> peoples = new TreeMap<>(found);
        peoples.keySet().retainAll(wanted.keySet());
        peoples.entrySet().removeAll(wanted.entrySet());
        peoples.keySet().removeIf(key -> key.startsWith(PREFIX) || listed.contains(hash(key)));
        return peoples;
    }

    /** Those to set, the list among them when it is another one then. */
    static Map<String, String> missing(Map<String, String> found, Map<String, String> wanted) {
        Map<String, String> ours = new HashMap<>(wanted);
        ours.keySet().removeAll(peoples(found, wanted).keySet());
        Map<String, String> missing = new TreeMap<>(ours);
        missing.entrySet().removeAll(found.entrySet());
        String list = list(ours.keySet());
        if (!list.equals(found.getOrDefault(LIST, ""))) {
            missing.put(LIST, list);
        }
        return missing;
    }

    private static String list(Collection<String> keys) {
        Set<String> hashes = new TreeSet<>();
        keys.stream()
                .filter(key -> !key.startsWith(PREFIX) && !key.equals(MANAGED_BY))
                .forEach(key -> hashes.add(hash(key)));
        return String.join("", hashes);
    }

    private static Set<String> listed(String list) {
        Set<String> hashes = new TreeSet<>();
        for (int at = 0; at + DIGITS <= list.length(); at += DIGITS) {
            hashes.add(list.substring(at, at + DIGITS));
        }
        return hashes;
    }

    private static String hash(String key) {
        return HexFormat.of().toHexDigits(key.hashCode()).substring(8 - DIGITS);
    }
}
