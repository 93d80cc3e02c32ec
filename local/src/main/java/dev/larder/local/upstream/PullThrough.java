package dev.larder.local.upstream;

import dev.larder.events.image.Digest;
import dev.larder.events.image.Tag;
import dev.larder.local.aws.AwsException;
import dev.larder.local.ecr.CacheRule;
import dev.larder.local.ecr.CacheState;
import dev.larder.local.ecr.CacheState.CachedTag;
import dev.larder.local.ecr.EcrEvents;
import dev.larder.local.ecr.ImageSource;
import dev.larder.local.ecr.ImageUnavailableException;
import dev.larder.local.oci.Manifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * ECR's pulling through (ecr-facts 2): a tag that was compared with its upstream within 24 hours is served from the
 * cache; an older one is compared first, and served from the cache when that fails; one that is not cached is imported.
 * A digest is served when it is cached, and never imported (containers-roadmap issue 2837). What refers to an image that is
 * cached comes when somebody asks for it, unless the upstream was asked within 6 hours.
 */
public final class PullThrough implements ImageSource {
    /** How long ECR trusts a tag: "validated the image against the upstream registry within the last 24 hours". */
    public static final Duration VALIDITY = Duration.ofHours(24);

    /** The same for what refers to an image: "within the last 6 hours". */
    public static final Duration REFERRERS_VALIDITY = Duration.ofHours(6);

    private static final System.Logger LOG = System.getLogger(PullThrough.class.getName());

    private final CacheState state;
    private final EcrEvents events;
    private final InstantSource clock;
    private final Upstreams upstreams;
    private final SingleFlight flights = new SingleFlight();
    private final Map<String, Instant> referrersAsked = new ConcurrentHashMap<>();

    /** @param secrets gives a cache rule's credentials by the ARN of its secret; empty when there is none */
    public PullThrough(
            CacheState state,
            EcrEvents events,
            Function<String, Optional<UpstreamCredentials>> secrets,
            InstantSource clock) {
        this(state, events, secrets, clock, UpstreamLimits.DEFAULT);
    }

    /** The same with other limits. */
    public PullThrough(
            CacheState state,
            EcrEvents events,
            Function<String, Optional<UpstreamCredentials>> secrets,
            InstantSource clock,
            UpstreamLimits limits) {
        this.state = state;
        this.events = events;
        this.clock = clock;
        this.upstreams = new Upstreams(secrets, limits);
    }

    @Override
    public Manifest get(String repository, String reference) throws ImageUnavailableException {
        if (Digest.isDigest(reference)) {
            return state.manifest(repository, new Digest(reference)).orElseThrow(() -> missingDigest(repository));
        }
        tag(reference);
        Optional<CacheRule> rule = state.ruleFor(repository);
        Optional<Cached> cached = cached(repository, reference);
        if (rule.isEmpty()) {
            return cached.orElseThrow(() -> missing(repository)).manifest();
        }
        if (cached.isPresent() && isFresh(cached.get())) {
            return cached.get().manifest();
        }
        return flights.join(repository + ":" + reference, () -> new Trip(rule.get(), repository, reference).fly());
    }

    @Override
    public void bringReferrers(String repository, Digest subject) {
        Optional<CacheRule> rule = state.ruleFor(repository);
        String name = repository + "@" + subject;
        Instant now = clock.instant();
        boolean asked = Optional.ofNullable(referrersAsked.get(name))
                .filter(at -> now.isBefore(at.plus(REFERRERS_VALIDITY)))
                .isPresent();
        if (rule.isEmpty() || asked || state.manifest(repository, subject).isEmpty()) {
            return;
        }
        try {
            UpstreamRegistry upstream = upstreams.of(rule.get());
            String there = rule.get().upstreamRepository(repository);
            for (Digest referrer : upstream.referrers(there, subject)) {
                if (state.manifest(repository, referrer).isEmpty()) {
                    new Import(state, upstream, rule.get(), repository)
                            .run(upstream.manifest(there, referrer.value()), Optional.empty(), now);
                }
            }
            referrersAsked.put(name, now);
        } catch (AwsException e) {
            throw new AwsException(400, "UnableToListUpstreamImageReferrersException", e.message());
        } catch (IOException | UncheckedIOException e) {
            // inferred: served from the cache, as an image is whose upstream does not answer
            LOG.log(System.Logger.Level.WARNING, "what refers to " + name + " stays as it is: " + e.getMessage());
        }
    }

    private static void tag(String reference) throws ImageUnavailableException {
        try {
            new Tag(reference);
        } catch (IllegalArgumentException e) {
            throw new ImageUnavailableException("InvalidImageTag", String.valueOf(e.getMessage()));
        }
    }

    /** A tag with its manifest; the tag may go between two reads, so a missing manifest counts only while the tag stays. */
    private Optional<Cached> cached(String repository, String tag) throws ImageUnavailableException {
        Optional<CachedTag> known = state.tag(repository, tag);
        while (known.isPresent()) {
            Optional<Manifest> manifest = state.manifest(repository, known.get().digest());
            if (manifest.isPresent()) {
                return Optional.of(new Cached(manifest.get(), known.get().validatedAt()));
            }
            Optional<CachedTag> again = state.tag(repository, tag);
            if (again.equals(known)) {
                // archived: a pull is answered with 404 (ecr-facts 2.4)
                throw new ImageUnavailableException("ImageNotFound", "Requested image not found: it is not active");
            }
            known = again;
        }
        return Optional.empty();
    }

    private boolean isFresh(Cached cached) {
        return clock.instant().isBefore(cached.validatedAt().plus(VALIDITY));
    }

    private ImageUnavailableException missing(String repository) {
        if (!state.repositoryExists(repository)) {
            throw new AwsException(
                    400,
                    "RepositoryNotFoundException",
                    "The repository with name '" + repository + "' does not exist in the registry");
        }
        return new ImageUnavailableException("ImageNotFound", "Requested image not found");
    }

    private ImageUnavailableException missingDigest(String repository) {
        ImageUnavailableException plain = missing(repository);
        return state.ruleFor(repository).isEmpty()
                ? plain
                : new ImageUnavailableException(
                        plain.failureCode(),
                        "Requested image not found: a pull by digest does not import; pull a tag of the image first");
    }

    private record Cached(Manifest manifest, Instant validatedAt) {}

    /** One look at the upstream for one tag. */
    private final class Trip {
        private final CacheRule rule;
        private final String repository;
        private final String tag;

        Trip(CacheRule rule, String repository, String tag) {
            this.rule = rule;
            this.repository = repository;
            this.tag = tag;
        }

        Manifest fly() throws ImageUnavailableException {
            // another flight may have landed since the caller looked
            Optional<Cached> cached = cached(repository, tag);
            if (cached.isPresent() && isFresh(cached.get())) {
                return cached.get().manifest();
            }
            try {
                return refreshed(cached);
            } catch (UpstreamException e) {
                events.pullThroughFailed(rule, repository, tag, e.failure().failureCode(), e.reason());
                return cached.orElseThrow(
                                () -> new ImageUnavailableException(e.failure().failureCode(), e.reason()))
                        .manifest();
            } catch (AwsException e) {
                events.pullThroughFailed(rule, repository, tag, e.code(), e.message());
                return cached.orElseThrow(() -> e).manifest();
            } catch (IOException | UncheckedIOException e) {
                // our own disk: no failure of the upstream, so no event, which would open the upstream's circuit
                AwsException failure = new AwsException(
                        500,
                        "ServerException",
                        "could not store " + repository + ":" + tag + ": " + e
                                + "; nothing was recorded: make room under the data folder and pull again");
                LOG.log(System.Logger.Level.WARNING, failure.message());
                return cached.orElseThrow(() -> failure).manifest();
            }
        }

        private Manifest refreshed(Optional<Cached> cached) throws IOException {
            UpstreamRegistry upstream = upstreams.of(rule);
            String name = rule.upstreamRepository(repository);
            Instant asked = clock.instant();
            if (cached.isPresent()) {
                Optional<Digest> now = upstream.digest(name, tag);
                if (now.isPresent() && now.get().equals(cached.get().manifest().digest())) {
                    return validated(cached.get(), asked);
                }
            }
            Manifest root = upstream.manifest(name, tag);
            if (cached.isPresent()
                    && root.digest().equals(cached.get().manifest().digest())) {
                return validated(cached.get(), asked);
            }
            new Import(state, upstream, rule, repository).run(root, Optional.of(tag), asked);
            events.pullThroughSucceeded(rule, repository, tag, root.digest());
            return root;
        }

        /** Whether ECR emits an event for a check that finds nothing new is not known; here it does not. */
        private Manifest validated(Cached cached, Instant at) {
            state.validated(repository, tag, at);
            return cached.manifest();
        }
    }
}
