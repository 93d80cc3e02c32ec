package dev.larder.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** {@code tags} of repositories, within AWS's limits (General Reference, tagging AWS resources). */
final class RepositoryTagsBinder {
    /** Of the 50 that a resource can have, Larder needs five itself. */
    private static final int MOST = 45;

    private static final String CHARACTERS = "letters, digits, spaces and _ . : / = + - @";
    private static final Pattern KEY = Pattern.compile("(?!aws:|larder:|managed-by$)[\\p{L}\\p{N} _.:/=+@-]{1,128}");
    private static final Pattern VALUE = Pattern.compile("[\\p{L}\\p{N} _.:/=+@-]{0,256}");

    private RepositoryTagsBinder() {}

    static Map<String, String> bind(Entry entry) {
        Map<String, String> tags = new LinkedHashMap<>();
        Section.open(entry).ifPresent(section -> {
            if (section.keys().size() > MOST) {
                entry.problem(
                        section.keys().size() + " tags", "at most " + MOST + ": AWS allows 50, and Larder needs five");
            }
            section.keys().forEach((key, place) -> {
                if (!KEY.matcher(key).matches()) {
                    place.problem(
                            "the tag " + Shown.quoted(key),
                            "a key of 1 to 128 " + CHARACTERS + ", other than managed-by, aws:... and larder:...");
                }
                section.get(key)
                        .flatMap(value -> value.text(RepositoryTagsBinder::value))
                        .ifPresent(value -> tags.put(key, value));
            });
        });
        return tags;
    }

    private static String value(String text) {
        if (!VALUE.matcher(text).matches()) {
            throw new UnexpectedText("a value of at most 256 " + CHARACTERS);
        }
        return text;
    }
}
