package dev.larder.cli;

import dev.larder.domain.image.KeepTag;
import dev.larder.domain.lifecycle.Explanation;
import dev.larder.domain.lifecycle.Forecast;
import dev.larder.domain.lifecycle.Manifest;
import dev.larder.domain.lifecycle.Verdict;
import dev.larder.events.image.Tag;
import dev.larder.functions.lifecycle.PlannedRepository;
import dev.larder.functions.lifecycle.Run;
import dev.larder.functions.lifecycle.RunLine;
import dev.larder.functions.lifecycle.Tombstone;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Shows to people all that there is to say of one image. */
record ExplainView(ExplainReading.Explained image, Instant now) {
    void print(PrintWriter out) {
        out.println(image.repository() + "@" + image.digest());
        image.cached().ifPresentOrElse(cached -> cached(cached, out), () -> out.println("it is not in the cache"));
        image.tombstones().forEach(grave -> grave(grave, out));
        if (!image.runs().isEmpty()) {
            out.println();
            TextTable table = new TextTable("RUN", "STARTED", "MODE", "VERDICT", "REASON", "EVIDENCE");
            image.runs()
                    .forEach(past -> table.row(
                            past.run().id(),
                            age(Optional.of(past.run().startedAt())),
                            RunView.mode(past.run()),
                            past.line().outcome().text(),
                            past.line().reason(),
                            String.join("; ", past.line().evidence())));
            out.print(table);
        }
    }

    private void cached(ExplainReading.Cached cached, PrintWriter out) {
        Explanation said = cached.explanation();
        Manifest manifest = said.manifest();
        out.println("tags:       " + tags(manifest.tags()));
        out.println("what it is: " + kind(manifest) + ", "
                + (manifest.sizeBytes().isPresent()
                        ? Sizes.of(manifest.sizeBytes().getAsLong())
                        : "of unknown size"));
        out.println(
                "rule:       " + said.rule() + ": goes when " + said.reason().text() + " for " + days(said.time()));
        out.println("family:     " + said.family());
        out.println("uses:       pulled " + age(said.use().pulledAt()) + "; pulled, says ECR, "
                + age(manifest.recordedPullAt()) + "; pushed " + age(manifest.pushedAt()) + "; imported "
                + age(said.use().importedAt()) + "; warmed " + age(said.use().warmedAt()));
        out.println();
        switch (said.verdict()) {
            case Verdict.Evict evict -> {
                out.println("no guard keeps it; the evidence:");
                evict.evidence().forEach(line -> out.println("  " + line));
            }
            case Verdict.Keep keep -> {
                out.println("it stays, kept by:");
                TextTable table = new TextTable("GUARD", "UNTIL", "WHAT WAS SEEN");
                said.keeps()
                        .forEach(each -> table.row(
                                PlannedRepository.words(each),
                                each.until()
                                        .map(until -> age(Optional.of(until)))
                                        .orElse("time does not end it"),
                                each.detail()));
                out.print(table);
            }
        }
        if (!said.goesWith().isEmpty()) {
            out.println();
            TextTable table = new TextTable("GOES WITH", "TAGS", "WHAT IT IS");
            said.goesWith()
                    .forEach(
                            other -> table.row(other.digest().hex().substring(0, 12), tags(other.tags()), kind(other)));
            out.print(table);
        }
        out.println();
        out.println("what happens: " + text(cached.byRules()));
        cached.byQuotas()
                .forEach((quota, forecast) -> out.println("when more than " + Sizes.of(quota.bytes()) + " of "
                        + quota.match() + " are cached: " + text(forecast)));
        cached.stayed()
                .ifPresent(stayed -> out.println("a run would have taken it and what goes with it "
                        + age(Optional.of(stayed.at()))
                        + ", and left them (" + stayed.guard() + ", says the run " + stayed.run()
                        + "): runs take others first now, and ask again when nothing else is left"));
        out.println(EvictionReading.ASKED_LATER);
        if (cached.unread() > 0) {
            out.println("no sweep has read " + cached.unread()
                    + (cached.unread() == 1 ? " index" : " indexes")
                    + " of the repository yet: what is not read counts as kept here, with all that it may list");
        }
    }

    private String text(Forecast forecast) {
        return switch (forecast) {
            case Forecast.From(Instant at) ->
                at.isAfter(now)
                        ? "nothing pulls it -> may go from " + age(Optional.of(at)) + ", with the sweep after it"
                        : "may go now, with the next sweep, within its limits";
            case Forecast.Stays(Verdict.Keep because) ->
                "stays, however long nothing pulls it: " + PlannedRepository.words(because) + ", " + because.detail();
        };
    }

    private void grave(Tombstone grave, PrintWriter out) {
        out.println();
        if (image.cached().isPresent() && isUnfinished(grave)) {
            out.println("the run " + grave.run() + " was about to evict it " + age(Optional.of(grave.evictedAt()))
                    + ", and was given up before it knew whether it did; it is here");
            return;
        }
        out.println("evicted " + age(Optional.of(grave.evictedAt())) + " by the run " + grave.run() + ": "
                + grave.reason() + "; tags " + tags(grave.tags())
                + (image.cached().isPresent()
                        ? "; it is back since"
                        : "; ./larder undo " + name(grave) + undone(grave)));
        grave.evidence().forEach(line -> out.println("  " + line));
    }

    /** What a run goes for it writes down before, and what came of it after. */
    private boolean isUnfinished(Tombstone grave) {
        return image.runs().stream()
                .anyMatch(past -> past.run().id().equals(grave.run())
                        && past.run().phase() == Run.Phase.DONE
                        && past.line().outcome() == RunLine.Outcome.EVICT);
    }

    private static String undone(Tombstone grave) {
        return grave.doubt()
                .map(doubt -> " orders it again; " + doubt)
                .orElse(
                        KeepTag.without(grave.tags()).isEmpty()
                                ? " orders it again, and says whether it can come back: ECR imports nothing by digest"
                                : " brings it back");
    }

    private static String name(Tombstone grave) {
        return grave.tags().isEmpty()
                ? grave.repository() + "@" + grave.digest()
                : grave.repository() + ":" + grave.tags().getFirst();
    }

    static String kind(Manifest manifest) {
        String media = manifest.mediaType().orElse("no media type");
        String what = manifest.children().isEmpty()
                ? "an index that could not be read"
                : manifest.children().get().isEmpty()
                        ? "an image"
                        : "an index of " + manifest.children().get().size();
        return what
                + manifest.subjects().stream()
                        .map(subject -> " about " + subject.hex().substring(0, 12))
                        .collect(Collectors.joining())
                + " (" + media + ")";
    }

    private static String tags(List<Tag> tags) {
        return tags.isEmpty() ? "none" : tags.stream().map(Tag::value).collect(Collectors.joining(" "));
    }

    private static String days(Duration time) {
        return Ages.rough(time);
    }

    private String age(Optional<Instant> time) {
        return Ages.of(time, now);
    }
}
