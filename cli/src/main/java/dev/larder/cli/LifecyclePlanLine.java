package dev.larder.cli;

import dev.larder.domain.desired.Drift;
import dev.larder.domain.lifecycle.Group;
import dev.larder.domain.lifecycle.Limits;
import dev.larder.domain.lifecycle.Manifest;
import dev.larder.domain.lifecycle.Offer;
import dev.larder.domain.lifecycle.Quota;
import dev.larder.domain.lifecycle.Verdict;
import dev.larder.domain.money.Savings;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import dev.larder.functions.lifecycle.LifecyclePlanning;
import dev.larder.functions.lifecycle.PlannedRepository;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Something that a plan of evictions says, as programs are told. */
sealed interface LifecyclePlanLine {
    /** The JSON object. */
    Map<String, Object> fields();

    /** An image that would go in a run now, with what it goes with. */
    record Going(LifecyclePlanning.Going with, Manifest manifest) implements LifecyclePlanLine {
        long bytes() {
            return Group.bytes(manifest);
        }

        List<String> evidence() {
            return with.evidence(manifest.digest());
        }

        @Override
        public Map<String, Object> fields() {
            Map<String, Object> fields = image("evict", manifest);
            fields.put("group", with.group().first().value());
            fields.put("lastUse", with.group().lastUse().toString());
            fields.put("reason", with.group().reason().text());
            fields.put("rule", with.group().rule());
            fields.put("evidence", evidence());
            return fields;
        }
    }

    /**
     * Images that go together, and that the limits leave for a later run.
     *
     * @param tags of the first of them
     */
    record Later(Offer offer, List<Tag> tags, String because) implements LifecyclePlanLine {
        @Override
        public Map<String, Object> fields() {
            Map<String, Object> fields = kind("later");
            fields.put("repository", offer.repository().value());
            fields.put("image", offer.repository() + "@" + offer.first());
            fields.put("tags", texts(tags));
            fields.put("images", offer.images());
            fields.put("bytes", offer.bytes());
            fields.put("lastUse", offer.lastUse().toString());
            fields.put("reason", offer.reason().text());
            fields.put("rule", offer.rule());
            fields.put("because", because);
            return fields;
        }
    }

    /** An image that a guard keeps. */
    record Spared(Manifest manifest, String rule, Verdict.Keep keep) implements LifecyclePlanLine {
        String guard() {
            return PlannedRepository.words(keep);
        }

        @Override
        public Map<String, Object> fields() {
            Map<String, Object> fields = image("spared", manifest);
            fields.put("rule", rule);
            fields.put("guard", guard());
            fields.put("because", keep.detail());
            keep.until().ifPresent(until -> fields.put("until", until.toString()));
            return fields;
        }
    }

    /** A repository that could not be read. */
    record LeftOut(RepositoryName repository, String because) implements LifecyclePlanLine {
        @Override
        public Map<String, Object> fields() {
            Map<String, Object> fields = kind("left-out");
            fields.put("repository", repository.value());
            fields.put("because", because);
            return fields;
        }
    }

    /**
     * How full a quota is.
     *
     * @param cached bytes now
     * @param after bytes after the run
     */
    record QuotaUse(Quota quota, long cached, long after) implements LifecyclePlanLine {
        @Override
        public Map<String, Object> fields() {
            Map<String, Object> fields = kind("quota");
            fields.put("match", quota.match());
            fields.put("bytes", quota.bytes());
            fields.put("cached", cached);
            fields.put("after", after);
            return fields;
        }
    }

    /** A setting of a repository that is not as the file wants it. */
    record Drifted(RepositoryName repository, Drift drift) implements LifecyclePlanLine {
        @Override
        public Map<String, Object> fields() {
            Map<String, Object> fields = kind("drift");
            fields.put("repository", repository.value());
            fields.put("setting", drift.field().text());
            fields.put("found", drift.found());
            fields.put("wanted", drift.wanted());
            fields.put("outcome", drift.outcome());
            return fields;
        }
    }

    /** What else there is to know of the plan. */
    record Note(String text) implements LifecyclePlanLine {
        @Override
        public Map<String, Object> fields() {
            Map<String, Object> fields = kind("note");
            fields.put("note", text);
            return fields;
        }
    }

    /**
     * All together.
     *
     * @param cell everything that is cached
     * @param going what would go, as far as it is shown
     * @param later what the limits leave, as far as it is shown
     * @param spared how many images each guard keeps, by its name in words, as far as they are shown
     */
    record Total(
            Tally cell,
            Tally going,
            Tally later,
            Map<String, Long> spared,
            EvictionReading.Mode mode,
            List<String> stopped,
            Savings savings)
            implements LifecyclePlanLine {
        @Override
        public Map<String, Object> fields() {
            Map<String, Object> fields = kind("total");
            fields.put("images", going.images());
            fields.put("bytes", going.bytes());
            fields.put("laterImages", later.images());
            fields.put("laterBytes", later.bytes());
            fields.put("spared", spared);
            fields.put("cellImages", cell.images());
            fields.put("cellBytes", cell.bytes());
            fields.put("enforce", mode.enforce());
            fields.put("reduced", mode.reduced());
            fields.put("limits", limits(mode.limits()));
            mode.off().ifPresent(why -> fields.put("switch", why));
            stopped.forEach(limit -> fields.put("stopped", limit));
            fields.put("money", MoneyView.fields(savings));
            return fields;
        }

        private static Map<String, Object> limits(Limits limits) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("images", limits.images());
            fields.put("bytes", limits.bytes());
            fields.put("repositoryPercent", limits.repositoryPercent());
            fields.put("cellPercent", limits.cellPercent());
            return fields;
        }
    }

    /** So many images and bytes. */
    record Tally(long images, long bytes) {
        static final Tally NOTHING = new Tally(0, 0);

        Tally plus(long moreImages, long moreBytes) {
            return new Tally(images + moreImages, bytes + moreBytes);
        }

        @Override
        public String toString() {
            return images + (images == 1 ? " image, " : " images, ") + Sizes.of(bytes);
        }
    }

    private static Map<String, Object> image(String kind, Manifest manifest) {
        Map<String, Object> fields = kind(kind);
        fields.put("repository", manifest.repository().value());
        fields.put("image", manifest.name());
        fields.put("tags", texts(manifest.tags()));
        fields.put("bytes", Group.bytes(manifest));
        return fields;
    }

    private static List<String> texts(List<Tag> tags) {
        return tags.stream().map(Tag::value).toList();
    }

    private static Map<String, Object> kind(String kind) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("kind", kind);
        return fields;
    }
}
