package dev.larder.benchmarks.warming;

import dev.larder.domain.image.VersionTag;
import dev.larder.domain.upstream.Circuit;
import dev.larder.domain.upstream.KnownTags;
import dev.larder.domain.upstream.Share;
import dev.larder.domain.upstream.TokenBucket;
import dev.larder.domain.warming.Adoption;
import dev.larder.domain.warming.Candidate;
import dev.larder.domain.warming.Candidates;
import dev.larder.domain.warming.Freshness;
import dev.larder.domain.warming.Funds;
import dev.larder.domain.warming.Interest;
import dev.larder.domain.warming.Known;
import dev.larder.domain.warming.NewTags;
import dev.larder.domain.warming.Popular;
import dev.larder.domain.warming.Successors;
import dev.larder.domain.warming.WarmLimits;
import dev.larder.domain.warming.WarmPlan;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;

/** Larder's planner, as it decides in an account, with what its record would have. */
final class Larder implements Strategy {
    private static final Duration PERIOD = Duration.ofMinutes(15);
    private static final long HOUR = 3600;
    private static final long INTERVAL = Integer.getInteger("interval", 24);

    private record Order(long at, Candidate candidate, int tag) {}

    private final World world;
    private final Ecr ecr;
    private final Candidates candidates;
    private final Map<Integer, Watch> watches = new HashMap<>();
    private final Map<ImageReference, Integer> numbers = new HashMap<>();
    private final PriorityQueue<Order> orders = new PriorityQueue<>(java.util.Comparator.comparingLong(Order::at));
    private final Set<Integer> ordered = new HashSet<>();
    private final Map<Integer, KnownTags> lists = new HashMap<>();
    private final Map<Integer, NewTags> news = new HashMap<>();
    private final Map<Integer, Long> hints = new HashMap<>();
    private List<Successors.Successor> successors = List.of();
    private Optional<TokenBucket> bucket;
    private long plans;
    private long learned;
    private long looks;
    private long left;
    private final Map<Integer, double[]> predicted = new HashMap<>();
    private final double[][] cal = new double[10][3];
    private final java.util.TreeMap<String, Integer> stats = new java.util.TreeMap<>();

    Larder(World world, Ecr ecr, double leastWorth, Optional<Share> share) {
        this.world = world;
        this.ecr = ecr;
        this.candidates = new Candidates(new Popular(1000, 2, Duration.ofDays(14)), new Freshness(PERIOD), leastWorth);
        this.plans = world.begins.getEpochSecond() + PERIOD.toSeconds();
        this.bucket = share.map(some -> TokenBucket.full(some, world.begins));
    }

    @Override
    public String name() {
        return "Larder";
    }

    @Override
    public long requests() {
        for (double[] c : cal)
            System.out.printf("%.0f checks, predicted %.2f, hit %.2f%n", c[0], c[2] / c[0], c[1] / c[0]);
        System.out.println("looks " + looks + " heads " + ecr.heads + " left " + left + " watches " + watches.size()
                + " " + stats);
        return looks;
    }

    @Override
    public long wakes() {
        return orders.isEmpty() ? plans : Math.min(plans, orders.peek().at());
    }

    @Override
    public void act(long now) {
        if (!orders.isEmpty() && orders.peek().at() <= now) {
            carryOut(orders.remove(), now);
        } else {
            plan(now);
            plans += PERIOD.toSeconds();
        }
    }

    private void carryOut(Order order, long now) {
        ordered.remove(order.tag());
        stats.merge(
                order.candidate().reason()
                        + (order.candidate().detail().startsWith("follows") ? "-s" : "")
                        + order.candidate().refresh(),
                1,
                Integer::sum);
        long before = ecr.manifests;
        int had = ecr.cached(order.tag());
        if (order.candidate().refresh()) {
            ecr.refresh(order.tag(), now);
        } else {
            ecr.fetch(order.tag(), now);
        }
        int needed = (int) (ecr.manifests - before);
        Instant at = Instant.ofEpochSecond(now);
        bucket = bucket.map(some -> TokenBucket.holding(
                new Share((int) (some.capacity() * 2), some.window()),
                some.at(at).tokens() + order.candidate().price().tokens() - needed,
                at));
        Watch watch = watch(order.tag());
        if (had >= 0) {
            predicted.put(order.tag(), new double[] {now, order.candidate().saves()});
            int b = (int) Math.min(9, order.candidate().saves() * 10);
            cal[b][0]++;
            cal[b][2] += order.candidate().saves();
        }
        watch.checked(now);
        if (had >= 0 && had != ecr.cached(order.tag())) {
            moved(order.tag(), had, now);
        }
    }

    /** One of the tags of a build moved: those that were on the same build are looked at, and the list of tags. */
    private void moved(int tag, int from, long now) {
        int repository = world.repositoryOf.get(tag);
        hints.put(repository, now);
        for (int sibling : world.tagsOf.get(repository)) {
            Watch watch = watches.get(sibling);
            if (sibling != tag
                    && ecr.cached(sibling) == from
                    && watch != null
                    && watch.wanted()
                    && watch.known(now)
                            .demand()
                            .filter(demand -> demand.within(Duration.ofDays(1), Instant.ofEpochSecond(now)) > 0.2)
                            .isPresent()) {
                looks++;
                stats.merge("siblings", 1, Integer::sum);
                if (ecr.upstream(sibling) != from) {
                    stats.merge("siblings moved", 1, Integer::sum);
                    watch.looked(ecr.upstream(sibling));
                }
            }
        }
    }

    private void plan(long now) {
        Instant at = Instant.ofEpochSecond(now);
        List<Known> images = new ArrayList<>();
        watches.values().forEach(watch -> {
            if (!ordered.contains(watch.tag)) {
                images.add(watch.known(now));
            }
        });
        look(images, now);
        if (now >= learned + HOUR) {
            learn(images, at);
            learned = now;
        }
        Map<Tagged, Known> known = new HashMap<>();
        successors.forEach(successor -> {
            int tag = number(successor.image());
            if (!ordered.contains(tag)) {
                known.put(successor.image(), watch(tag).known(now));
            }
        });
        List<Candidate> ranked = candidates.among(images, List.of(), successors, known, at);
        WarmPlan plan = WarmPlan.of(
                ranked,
                candidate -> World.PREFIX,
                bucket.map(some -> Map.of(World.PREFIX, new Funds(Circuit.CLOSED, Optional.of(some))))
                        .orElse(Map.of()),
                new WarmLimits(500, 500_000_000_000L),
                at);
        bucket = bucket.map(some -> plan.buckets().get(World.PREFIX));
        left += plan.left().size();
        plan.orders().forEach(candidate -> {
            int tag = number((Tagged) candidate.image());
            ordered.add(tag);
            orders.add(new Order(Math.max(now, candidate.notBefore().getEpochSecond()) + 1, candidate, tag));
        });
    }

    /** Lists the tags of a repository when one of its tags moved since the last list, and else once a day. */
    private void look(List<Known> images, long now) {
        Map<String, List<Known>> byRepository = new HashMap<>();
        for (Known image : images) {
            if (image.version().isPresent() && image.demand().isPresent()) {
                byRepository
                        .computeIfAbsent(image.image().repository().value(), any -> new ArrayList<>())
                        .add(image);
            }
        }
        byRepository.forEach((name, some) -> {
            int repository = world.repositoryOf.get(number(some.getFirst().image()));
            long listed = Optional.ofNullable(lists.get(repository))
                    .flatMap(KnownTags::listedAt)
                    .map(Instant::getEpochSecond)
                    .orElse(0L);
            Interest interest = new Interest(
                    some.getFirst().image().repository(),
                    listed == 0 ? Optional.empty() : Optional.of(Instant.ofEpochSecond(listed)),
                    Optional.ofNullable(hints.get(repository)).map(Instant::ofEpochSecond),
                    some.stream().anyMatch(image -> image.moves().count() > 0));
            if (interest.due().getEpochSecond() <= now) {
                stats.merge("look", 1, Integer::sum);
                list(repository, now);
            }
        });
    }

    private void list(int repository, long now) {
        Instant at = Instant.ofEpochSecond(now);
        KnownTags old = lists.getOrDefault(
                repository,
                KnownTags.none(
                        world.tags.get(world.tagsOf.get(repository).getFirst()).repository()));
        Map<Tag, KnownTags.Seen> tags = new HashMap<>(old.tags());
        int count = 0;
        for (int tag : world.tagsOf.get(repository)) {
            if (ecr.upstream(tag) >= 0) {
                count++;
                tags.putIfAbsent(
                        world.tags.get(tag).tag(),
                        new KnownTags.Seen(
                                old.listedAt().isPresent() ? at : Instant.EPOCH, Optional.empty(), Optional.empty()));
            }
        }
        looks += 1 + count / 1000;
        lists.put(repository, new KnownTags(old.repository(), tags, Optional.of(at), Optional.empty()));
        news.put(repository, NewTags.of(lists.get(repository), at));
        learned = 0;
    }

    private void learn(List<Known> images, Instant now) {
        Map<Integer, List<Known>> pulled = new HashMap<>();
        for (Known image : images) {
            if (image.version().isPresent() && image.demand().isPresent()) {
                pulled.computeIfAbsent(world.repositoryOf.get(number(image.image())), any -> new ArrayList<>())
                        .add(image);
            }
        }
        Adoption adoption = new Adoption();
        pulled.forEach((repository, some) -> {
            NewTags tags = news.get(repository);
            if (tags != null) {
                List<VersionTag> versions = some.stream()
                        .map(image -> image.version().orElseThrow())
                        .toList();
                adoption.learn(tags, versions, now);
            }
        });
        List<Successors.Successor> found = new ArrayList<>();
        pulled.forEach((repository, some) -> {
            NewTags tags = news.get(repository);
            if (tags != null) {
                found.addAll(Successors.of(tags, some, adoption, now));
            }
        });
        found.forEach(successor -> {
            Watch watch = watch(number(successor.image()));
            if (!watch.hasLooked()) {
                looks++;
                watch.looked(ecr.upstream(watch.tag));
            }
        });
        successors = found;
    }

    private Watch watch(int tag) {
        return watches.computeIfAbsent(tag, number -> new Watch(world, ecr, number));
    }

    private int number(Tagged image) {
        if (numbers.isEmpty()) {
            for (int i = 0; i < world.tags.size(); i++) {
                numbers.put(world.tags.get(i), i);
            }
        }
        return numbers.get(image);
    }

    @Override
    public void pulled(int tag, long time, Ecr.Outcome outcome) {
        Watch watch = watch(tag);
        double[] pr = predicted.get(tag);
        if (pr != null && time < pr[0] + 86400) {
            cal[(int) Math.min(9, pr[1] * 10)][1]++;
            predicted.remove(tag);
        }
        watch.pulled(time);
        if (outcome == Ecr.Outcome.IMPORTED) {
            VersionTag own = world.versions.get(tag).orElse(null);
            boolean any = own != null
                    && world.tagsOf.get(world.repositoryOf.get(tag)).stream()
                            .anyMatch(other -> other != tag
                                    && watches.containsKey(other)
                                    && watches.get(other).wanted()
                                    && world.versions
                                            .get(other)
                                            .filter(v -> v.family().equals(own.family()) && v.compareTo(own) < 0)
                                            .isPresent());
            stats.merge("import " + (any ? "succ" : "new") + " known=" + (watch.wanted2()), 1, Integer::sum);
        }
        if (outcome == Ecr.Outcome.IMPORTED) {
            int from = watch.seen();
            watch.checked(time);
            if (from >= 0) {
                moved(tag, from, time);
            }
        }
    }
}
