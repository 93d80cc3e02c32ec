package dev.larder.benchmarks.warming;

import dev.larder.domain.image.VersionTag;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Which tag of a repository a workload takes, and which one after that. */
final class TagChoice {
    private final World world;
    private final Offer offer;
    private final Shares shares;
    private final Random random;

    TagChoice(World world, Offer offer, Shares shares, Random random) {
        this.world = world;
        this.offer = offer;
        this.shares = shares;
        this.random = random;
    }

    /** A tag in the style that a workload follows, which is drawn; as near to it as the repository has. */
    Optional<Integer> first(int repository) {
        List<Integer> available = offer.of(repository);
        if (available.isEmpty()) {
            return Optional.empty();
        }
        double style = random.nextDouble();
        if (style < shares.latest()) {
            Optional<Integer> latest =
                    available.stream().filter(tag -> text(tag).equals("latest")).findFirst();
            if (latest.isPresent()) {
                return latest;
            }
        }
        boolean variant = style >= 1 - shares.variant();
        List<Integer> versioned = available.stream()
                .filter(tag -> world.tag(tag).version().isPresent()
                        && variant == text(tag).contains("-"))
                .toList();
        if (versioned.isEmpty()) {
            return Optional.of(any(available));
        }
        List<Integer> fitting = variant ? versioned : precise(versioned, style - shares.latest());
        if (random.nextDouble() < Shares.TAKE_ANY) {
            return Optional.of(any(fitting));
        }
        String family = version(any(fitting)).family();
        return fitting.stream()
                .filter(tag -> version(tag).family().equals(family))
                .max(Comparator.comparing(this::version));
    }

    /** Those with as many numbers as the style asks for. */
    private List<Integer> precise(List<Integer> versioned, double style) {
        int most = versioned.stream()
                .mapToInt(tag -> version(tag).versions())
                .max()
                .orElse(1);
        int wanted = style < shares.major() ? 1 : style < shares.major() + shares.minor() ? Math.min(2, most) : most;
        List<Integer> precise = versioned.stream()
                .filter(tag -> version(tag).versions() == wanted)
                .toList();
        return precise.isEmpty() ? versioned : precise;
    }

    /** The newest version of the line that is out, now and then of the whole family; the same tag when there is none. */
    int next(int tag) {
        Optional<VersionTag> own = world.tag(tag).version();
        if (own.isEmpty()) {
            return tag;
        }
        int keep = random.nextDouble() < Shares.LEAVE_THE_LINE ? 0 : own.get().versions() - 1;
        return offer.of(world.tag(tag).repository()).stream()
                .filter(other -> world.tag(other)
                        .version()
                        .filter(version -> follows(own.get(), version, keep))
                        .isPresent())
                .max(Comparator.comparing(this::version))
                .orElse(tag);
    }

    private static boolean follows(VersionTag own, VersionTag other, int keep) {
        return other.family().equals(own.family())
                && other.numbers().subList(0, keep).equals(own.numbers().subList(0, keep))
                && other.compareTo(own) > 0;
    }

    private int any(List<Integer> tags) {
        return tags.get(random.nextInt(tags.size()));
    }

    private String text(int tag) {
        return world.tag(tag).image().tag().value();
    }

    private VersionTag version(int tag) {
        return world.tag(tag).version().orElseThrow();
    }
}
