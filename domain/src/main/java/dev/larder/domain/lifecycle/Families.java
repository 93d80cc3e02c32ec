package dev.larder.domain.lifecycle;

import dev.larder.domain.image.KeepTag;
import dev.larder.domain.image.VersionTag;
import dev.larder.events.image.Tag;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which tags of a repository are the newest of their families. */
final class Families {
    private static final Comparator<Member> NEWEST_FIRST =
            Comparator.comparing(Member::version).reversed();

    private final int keepNewest;
    private final Map<Integer, String> standing = new HashMap<>();

    private Families(int keepNewest) {
        this.keepNewest = keepNewest;
    }

    private record Member(VersionTag version, int place) {}

    /** Keeps the newest of each family. */
    static Families keepNewest(int keepNewest, Relations relations, Keeps keeps) {
        Families families = new Families(keepNewest);
        if (keepNewest > 0) {
            families.keep(relations, keeps);
        }
        return families;
    }

    private void keep(Relations relations, Keeps keeps) {
        Map<String, List<Member>> families = new HashMap<>();
        for (int place = 0; place < relations.size(); place++) {
            // one in the archive stays anyway, but nobody can pull it: it takes no other's place
            List<Tag> tags = relations.at(place).archived()
                    ? List.of()
                    : relations.at(place).tags();
            for (Tag tag : tags) {
                if (!KeepTag.is(tag)) {
                    Optional<VersionTag> version = VersionTag.of(tag);
                    if (version.isPresent()) {
                        families.computeIfAbsent(version.get().family(), family -> new ArrayList<>())
                                .add(new Member(version.get(), place));
                    }
                }
            }
        }
        families.forEach((family, members) -> rank(family, members, keeps));
    }

    private void rank(String family, List<Member> members, Keeps keeps) {
        members.sort(NEWEST_FIRST);
        for (int rank = 0; rank < members.size(); rank++) {
            Member member = members.get(rank);
            if (rank < keepNewest) {
                String detail = member.version().tag() + " is among the newest " + keepNewest + " of " + family;
                keeps.keep(member.place(), Guard.NEWEST_OF_FAMILY, detail, Optional.empty());
            } else if (!keeps.stays(member.place())) {
                standing.put(member.place(), member.version().tag() + " is number " + (rank + 1) + " of " + family);
            }
        }
    }

    /** Where a manifest that is none of the newest stands. */
    String evidence(int place) {
        if (keepNewest == 0) {
            return "family: none of the newest is kept";
        }
        String where = standing.getOrDefault(place, "it is in none");
        return "family: " + where + ", the newest " + keepNewest + " of each stay";
    }
}
