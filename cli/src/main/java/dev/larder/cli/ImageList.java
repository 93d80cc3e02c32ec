package dev.larder.cli;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.jr.ob.JSON;
import dev.larder.events.image.ImageReference;
import dev.larder.functions.inuse.RegistryHosts;
import dev.larder.functions.inuse.UpstreamHosts;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A list of images as a cluster gives it: one on each line, or a JSON array of texts.
 *
 * @param here those of this registry, by its own host or by an upstream's
 * @param byUpstream how many names of the list have an upstream's host
 * @param elsewhere how many others there are
 * @param words whether no name has a path, a tag or a digest: so may a program's {@code null} or {@code error}
 */
record ImageList(Set<ImageReference> here, int byUpstream, int elsewhere, boolean words) {
    private static final Pattern IMAGE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/@+-]*");
    private static final Pattern WORD = Pattern.compile("[^/:@]+");
    private static final int SHOWN = 80;

    ImageList {
        here = Set.copyOf(here);
    }

    /**
     * Reads a list.
     *
     * @param file its name, for messages
     * @throws IllegalArgumentException for the first line that names no image, and when there is none at all: what came
     *     of a command that failed must not say that a cluster uses nothing
     */
    static ImageList read(String file, String text, RegistryHosts hosts, UpstreamHosts upstreams) {
        Reader reader = new Reader(hosts, upstreams);
        if (text.strip().startsWith("[")) {
            List<Object> all = array(file, text);
            for (int i = 0; i < all.size(); i++) {
                reader.add(file + ", element " + (i + 1), all.get(i));
            }
        } else {
            List<String> lines = text.lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i).strip();
                if (!line.isEmpty() && !line.startsWith("#")) {
                    reader.add(file + ", line " + (i + 1), line);
                }
            }
        }
        if (reader.here.isEmpty() && reader.elsewhere.isEmpty()) {
            throw new IllegalArgumentException(file + " names no image; a cluster that uses none needs no list:"
                    + " larder in-use remove --cluster NAME");
        }
        return new ImageList(reader.here, reader.byUpstream.size(), reader.elsewhere.size(), reader.words);
    }

    private static List<Object> array(String file, String text) {
        try {
            return JSON.std.listFrom(text);
        } catch (JacksonException e) {
            JsonLocation at = e.getLocation();
            throw new IllegalArgumentException(
                    file + ", line " + (at == null ? "?" : at.getLineNr()) + ": not JSON: " + e.getOriginalMessage(),
                    e);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + ": not a JSON array of texts: " + e.getMessage(), e);
        }
    }

    private static final class Reader {
        private final RegistryHosts hosts;
        private final UpstreamHosts upstreams;
        private final Set<ImageReference> here = new LinkedHashSet<>();
        private final Set<String> byUpstream = new LinkedHashSet<>();
        private final Set<String> elsewhere = new LinkedHashSet<>();
        private boolean words = true;

        Reader(RegistryHosts hosts, UpstreamHosts upstreams) {
            this.hosts = hosts;
            this.upstreams = upstreams;
        }

        void add(String place, Object found) {
            if (!(found instanceof String image)
                    || !IMAGE.matcher(image.replaceFirst("^[a-z-]+://", "")).matches()) {
                throw new IllegalArgumentException(place + ": found '" + shown(String.valueOf(found))
                        + "', expected an image such as " + example());
            }
            words &= WORD.matcher(image).matches();
            switch (hosts.read(image)) {
                case RegistryHosts.Named.Here(List<ImageReference> images) -> here.addAll(images);
                case RegistryHosts.Named.Elsewhere() -> {
                    List<ImageReference> cached = upstreams.read(image);
                    here.addAll(cached);
                    (cached.isEmpty() ? elsewhere : byUpstream).add(image);
                }
                case RegistryHosts.Named.Broken(String reason) ->
                    throw new IllegalArgumentException(place + ": found '" + shown(image) + "': " + reason);
            }
        }

        private static String example() {
            return "111122223333.dkr.ecr.eu-central-1.amazonaws.com/docker-hub/library/nginx:1.27";
        }

        private static String shown(String text) {
            return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
        }
    }
}
