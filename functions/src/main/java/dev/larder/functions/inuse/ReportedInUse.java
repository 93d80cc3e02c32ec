package dev.larder.functions.inuse;

import dev.larder.domain.lifecycle.InUse;
import dev.larder.events.image.ImageReference;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What clusters reported; one source for each of them. */
public final class ReportedInUse implements InUseSources {
    private final ReportedLists lists;
    private final InstantSource clock;

    /** @param clock says which lists are too old, or from the future */
    public ReportedInUse(ReportedLists lists, InstantSource clock) {
        this.lists = lists;
        this.clock = clock;
    }

    @Override
    public List<InUse> now() {
        try {
            Instant now = clock.instant();
            return lists.all().stream().map(list -> read(list, now)).toList();
        } catch (RuntimeException e) {
            return List.of(InUse.unreadable("the lists that clusters report", Unread.why(e, "dynamodb:Query")));
        }
    }

    private InUse read(ReportedList list, Instant now) {
        String source = "the list of " + list.cluster();
        String reported = list.listedAt().truncatedTo(ChronoUnit.SECONDS).toString();
        if (list.isAhead(now)) {
            return InUse.unreadable(
                    source,
                    "it is dated " + reported + ", and now it is " + now.truncatedTo(ChronoUnit.SECONDS)
                            + ": the clock of who reported it is ahead; set it right and report again, or when the cluster"
                            + " is no more: larder in-use remove --cluster " + list.cluster());
        }
        if (list.isStale(now)) {
            return InUse.unreadable(
                    source,
                    "it is from " + reported + ", older than " + readable(list.time())
                            + "; report again, or when the cluster is no more: larder in-use remove --cluster "
                            + list.cluster());
        }
        return lists.images(list.cluster())
                .map(images -> InUse.of(source, users(images, list.cluster() + " reported it at " + reported)))
                .orElseGet(() -> InUse.unreadable(source, "not all of it is in the table; report again"));
    }

    private static Map<ImageReference, String> users(List<ImageReference> images, String user) {
        return images.stream().distinct().collect(Collectors.toMap(image -> image, image -> user));
    }

    /** {@code 7d}, as it was given. */
    private static String readable(Duration time) {
        if (time.equals(Duration.ofDays(time.toDays()))) {
            return time.toDays() + "d";
        }
        return time.equals(Duration.ofHours(time.toHours())) ? time.toHours() + "h" : time.toMinutes() + "m";
    }
}
