package dev.larder.functions.planning;

import dev.larder.config.Track;
import dev.larder.config.Warm;
import dev.larder.domain.image.Glob;
import dev.larder.domain.image.KeepTag;
import dev.larder.domain.image.VersionRange;
import dev.larder.domain.image.VersionTag;
import dev.larder.domain.warming.Tracked;
import dev.larder.events.WarmReason;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import dev.larder.functions.lifecycle.Tombstones;
import dev.larder.functions.upstream.UpstreamTags;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The images that someone wants warm, whatever the record says of their pulls: the file, a user who failed, another cell. */
public final class WantedImages {
    private final Warm warm;
    private final Substitutes substitutes;
    private final UpstreamTags tags;
    private final Tombstones tombstones;
    private final Elsewhere elsewhere;

    /** Takes the settings and the ports. */
    public WantedImages(Warm warm, UpstreamTags tags, Tombstones tombstones, Elsewhere elsewhere) {
        this.warm = warm;
        this.substitutes = new Substitutes(warm.substitutes());
        this.tags = tags;
        this.tombstones = tombstones;
        this.elsewhere = elsewhere;
    }

    /**
     * An image that is wanted.
     *
     * @param asked whether the file asks for it, or a user in this cell did
     * @param asker the pin, the track, or the repository that something failed in
     * @param pullsPerDay that are to be expected of it
     * @param why for people
     */
    public record Want(Tagged image, WarmReason reason, boolean asked, String asker, double pullsPerDay, String why) {}

    /**
     * An image by digest that the file asks for.
     *
     * @param by the tag that the file names with it
     */
    public record DigestPin(Digested image, Optional<Tag> by) {}

    /**
     * What was found, and what the file asks for and was not.
     *
     * @param unmatched pinned patterns that match no tag that is known, with their repository
     */
    public record Found(List<Want> wants, List<String> notes, Map<String, RepositoryName> unmatched) {
        /** Copies. */
        public Found {
            wants = List.copyOf(wants);
            notes = List.copyOf(notes);
            unmatched = Map.copyOf(unmatched);
        }
    }

    /**
     * All that are wanted by tag.
     *
     * @param cached what is known to be in the cache, and wanted only when users failed to pull it
     */
    public Found at(Map<Tagged, Pulled> pulled, Set<Tagged> cached, Instant now) {
        List<Want> wants = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        Map<String, RepositoryName> unmatched = new HashMap<>();
        warm.pins().forEach(pin -> pinned(pin, wants, notes, unmatched));
        warm.tracks().forEach(track -> tracked(track, wants, notes));
        pulled.keySet().stream()
                .filter(image -> !cached.contains(image)
                        || pulled.getOrDefault(image, Pulled.NEVER).failedByTag() > 0)
                .sorted(Comparator.comparing(
                                (Tagged image) -> image.repository().value())
                        .thenComparing(Tagged::tag, VersionTag.NEWEST_FIRST))
                .forEach(image ->
                        missed(image, pulled.getOrDefault(image, Pulled.NEVER)).ifPresent(wants::add));
        elsewhere
                .pullsPerDay(now)
                .forEach((image, pulls) -> wants.add(new Want(
                        image,
                        WarmReason.WANTED_ELSEWHERE,
                        false,
                        "",
                        pulls,
                        String.format(java.util.Locale.ROOT, "%.1f pulls a day in other cells", pulls))));
        wants.removeIf(want -> KeepTag.is(want.image().tag()));
        return new Found(wants, notes, unmatched);
    }

    /** The images by digest that the file pins. */
    public List<DigestPin> digests() {
        return warm.pins().stream()
                .filter(pin -> pin.contains("@"))
                .map(pin -> {
                    int at = pin.indexOf('@');
                    String name = pin.substring(0, at);
                    int colon = name.indexOf(':');
                    RepositoryName repository = new RepositoryName(colon < 0 ? name : name.substring(0, colon));
                    return new DigestPin(
                            new Digested(substitutes.of(repository), new Digest(pin.substring(at + 1))),
                            colon < 0 ? Optional.empty() : Optional.of(new Tag(name.substring(colon + 1))));
                })
                .toList();
    }

    /** What the tags of a repository were seen to point at, at its upstream. */
    Set<Digest> seen(RepositoryName repository) {
        return tags.of(repository).tags().values().stream()
                .flatMap(tag -> tag.digest().stream())
                .collect(Collectors.toSet());
    }

    /** The tags of a repository that were seen to point at one of these, at its upstream. */
    Set<Tag> leading(RepositoryName repository, Collection<Digest> digests) {
        return tags.of(repository).tags().entrySet().stream()
                .filter(tag -> tag.getValue().digest().filter(digests::contains).isPresent())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Whether an image by digest was evicted. */
    boolean isEvicted(Digested image) {
        return tombstones.get(image.repository(), image.digest().value()).isPresent();
    }

    /** The repositories whose lists of tags are searched for a pinned digest. */
    Set<RepositoryName> searched() {
        Set<RepositoryName> searched = new TreeSet<>(Comparator.comparing(RepositoryName::value));
        digests().stream()
                .filter(pin -> pin.by().isEmpty())
                .forEach(pin -> searched.add(pin.image().repository()));
        return searched;
    }

    /** The repositories of which the file wants new tags as they come. */
    Set<RepositoryName> listed() {
        Set<RepositoryName> listed = new TreeSet<>(Comparator.comparing(RepositoryName::value));
        warm.tracks().forEach(track -> listed.add(substitutes.of(new RepositoryName(track.image()))));
        warm.pins().stream()
                .filter(pin -> pin.contains("*"))
                .forEach(pin -> listed.add(substitutes.of(repositoryOf(pin))));
        return listed;
    }

    private void pinned(String pin, List<Want> wants, List<String> notes, Map<String, RepositoryName> unmatched) {
        if (pin.contains("@")) {
            return;
        }
        RepositoryName repository = substitutes.of(repositoryOf(pin));
        String tag = pin.substring(pin.lastIndexOf(':') + 1);
        if (!tag.contains("*")) {
            wants.add(new Want(new Tagged(repository, new Tag(tag)), WarmReason.PINNED, true, pin, 0, "pinned"));
            return;
        }
        Glob glob = new Glob(tag);
        Set<Tag> known = tags.of(repository).tags().keySet();
        List<Tag> matching = known.stream()
                .filter(one -> glob.matches(one.value()))
                .sorted(VersionTag.NEWEST_FIRST)
                .toList();
        if (matching.isEmpty()) {
            notes.add("the pin " + pin + " matches none of the " + known.size() + " tags that are known of "
                    + repository);
            unmatched.put(pin, repository);
        }
        matching.forEach(one ->
                wants.add(new Want(new Tagged(repository, one), WarmReason.PINNED, true, pin, 0, "pinned by " + pin)));
    }

    private void tracked(Track track, List<Want> wants, List<String> notes) {
        RepositoryName repository = substitutes.of(new RepositoryName(track.image()));
        Set<Tag> known = tags.of(repository).tags().keySet();
        List<String> variants = track.variants().isEmpty() ? List.of("") : track.variants();
        for (String variant : variants) {
            List<Tag> newest = new Tracked(VersionRange.parse(track.versions()), variant, track.newest()).among(known);
            String what = track.image() + " " + track.versions() + (variant.isEmpty() ? "" : " " + variant);
            if (newest.isEmpty()) {
                notes.add("the track " + what + " matches none of the " + known.size() + " tags that are known of "
                        + repository);
            }
            newest.forEach(tag -> wants.add(new Want(
                    new Tagged(repository, tag),
                    WarmReason.TRACKED,
                    true,
                    what,
                    0,
                    "tracked as one of the newest of " + what)));
        }
    }

    private Optional<Want> missed(Tagged image, Pulled pulls) {
        String asker = image.repository().value();
        boolean evicted = tombstones
                .get(image.repository(), image.tag().value())
                .filter(tombstone ->
                        pulls.last().filter(tombstone.evictedAt()::isBefore).isPresent() || pulls.failed() > 0)
                .isPresent();
        if (evicted) {
            return Optional.of(
                    new Want(image, WarmReason.EVICTED_TOO_EARLY, true, asker, 1, "wanted after it was evicted"));
        }
        return pulls.failed() > 0
                ? Optional.of(new Want(image, WarmReason.FAILED_PULL, true, asker, 1, pulls.failed() + " pulls failed"))
                : Optional.empty();
    }

    private static RepositoryName repositoryOf(String pin) {
        return new RepositoryName(pin.substring(0, pin.lastIndexOf(':')));
    }
}
