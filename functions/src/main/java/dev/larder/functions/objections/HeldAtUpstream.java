package dev.larder.functions.objections;

import dev.larder.config.Upstream;
import dev.larder.domain.lifecycle.Guard;
import dev.larder.domain.lifecycle.Manifest;
import dev.larder.domain.lifecycle.Objection;
import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.lifecycle.Objections;
import dev.larder.functions.objections.UpstreamAnswers.Answer;
import dev.larder.functions.warm.Upstreams;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether the upstream still has what would go, so that it can be had again, signatures and other referrers among it: asked
 * anew, and once, by each enforced sweep that would let it go, by a dry run where no answer of the last hours is there, about
 * once a week for what was not there, within the upstream's budget, and not while its circuit is open. What is not known
 * stays until it is.
 */
public final class HeldAtUpstream implements Objections {
    /**
     * So long a piece asks, from its first question on, and what else it does fits into Lambda's 15 minutes. A slow upstream
     * is asked for the rest by the next sweep.
     */
    static final Duration ASKING = Duration.ofMinutes(6);

    /** Answers are kept so many at a time, for whoever takes over when the function is ended in between. */
    static final int TOGETHER = 50;

    private final Upstreams upstreams;
    private final UpstreamQuestions questions;
    private final UpstreamAnswers answers;
    private final InstantSource clock;

    /** Takes the ports. */
    public HeldAtUpstream(
            Upstreams upstreams, UpstreamQuestions questions, UpstreamAnswers answers, InstantSource clock) {
        this.upstreams = upstreams;
        this.questions = questions;
        this.answers = answers;
        this.clock = clock;
    }

    /**
     * The images of a repository that upstreams did not have any more when a sweep asked them lately: for a plan, which asks
     * nobody.
     */
    public static Map<Digest, Objection> knownToBeGone(
            UpstreamAnswers answers, Upstreams upstreams, RepositoryName repository, Instant now) {
        Map<Digest, Objection> gone = new HashMap<>();
        upstreams
                .of(repository)
                .ifPresent(upstream -> answers.of(repository).forEach((digest, answer) -> {
                    if (!answer.held() && answer.isGood(now, Optional.empty())) {
                        Objection objection = gone(upstream, answer);
                        gone.put(
                                digest,
                                new Objection(
                                        objection.guard(),
                                        objection.detail() + "; it is asked again after "
                                                + answer.at().plus(UpstreamAnswers.GOOD_FOR)));
                    }
                }));
        return gone;
    }

    /** Each call has the time of a piece. */
    @Override
    public Asked of(RepositoryName repository, List<Manifest> candidates, Duration unused, boolean evictGone) {
        return inPiece(Optional.empty()).of(repository, candidates, unused, evictGone);
    }

    @Override
    public Objections inPiece(Optional<Instant> since) {
        Piece piece = new Piece(since);
        return (repository, candidates, _, evictGone) -> of(piece, repository, candidates, evictGone);
    }

    private Asked of(Piece piece, RepositoryName repository, List<Manifest> candidates, boolean evictGone) {
        if (evictGone) {
            return Asked.seen(candidates, "upstream: not asked, as evictGone lets go what it no longer has, too");
        }
        List<Manifest> tops = Tops.of(candidates);
        if (tops.isEmpty()) {
            return Asked.NOTHING;
        }
        Optional<Upstream> upstream = upstreams.of(repository);
        if (upstream.isEmpty()) {
            return EachCandidate.all(
                    tops, new Objection(Guard.UPSTREAM_UNCHECKED, repository + " is under no upstream of the file"));
        }
        try {
            Asked asked = ask(piece, upstream.get(), repository, tops, Tops.referrers(candidates));
            return asked.and(new Asked(Map.of(), ComesWith.lines(asked.seen(), candidates)));
        } catch (RuntimeException e) {
            // the table, mostly
            return EachCandidate.all(
                    tops,
                    new Objection(
                            Guard.UPSTREAM_UNCHECKED,
                            "whether its upstream still has it could not be found out: " + e));
        }
    }

    /** What is remembered from one call of a piece to the next. */
    private static final class Piece {
        private final Optional<Instant> since;
        private Optional<Instant> end = Optional.empty();

        Piece(Optional<Instant> since) {
            this.since = since;
        }

        boolean isOver(Instant now) {
            Instant last = end.orElseGet(() -> now.plus(ASKING));
            end = Optional.of(last);
            return !now.isBefore(last);
        }
    }

    /** @param referrers of what goes; they are asked for behind that */
    private Asked ask(
            Piece piece, Upstream upstream, RepositoryName repository, List<Manifest> tops, List<Manifest> referrers) {
        List<Manifest> manifests = new ArrayList<>(tops);
        manifests.addAll(referrers);
        Map<Digest, Answer> known = answers.of(repository);
        Map<Digest, Answer> fresh = new HashMap<>();
        Map<Digest, Objection> objections = new HashMap<>();
        Map<Digest, List<String>> seen = new HashMap<>();
        Set<Digest> byDigest = new HashSet<>();
        Optional<Objection> silence = Optional.empty();
        try {
            for (Manifest manifest : manifests) {
                if (manifest.subject().filter(objections::containsKey).isPresent()) {
                    continue;
                }
                Instant now = clock.instant();
                Answer answer = known.get(manifest.digest());
                if (answer == null || !answer.isGood(now, piece.since)) {
                    silence = silence.or(() -> late(upstream, piece.isOver(now)));
                    if (silence.isPresent()) {
                        objections.put(manifest.digest(), silence.get());
                        continue;
                    }
                    UpstreamQuestions.Reply reply = questions.ask(upstream, manifest);
                    if (reply instanceof UpstreamQuestions.Reply.Unknown(String why, boolean ofAll)) {
                        Objection unchecked = new Objection(Guard.UPSTREAM_UNCHECKED, why);
                        objections.put(manifest.digest(), unchecked);
                        silence = ofAll ? Optional.of(unchecked) : silence;
                        continue;
                    }
                    answer = reply instanceof UpstreamQuestions.Reply.Held(boolean byDigestAlone)
                            ? new Answer(true, byDigestAlone, clock.instant())
                            : new Answer(false, clock.instant());
                    fresh.put(manifest.digest(), answer);
                    if (fresh.size() == TOGETHER) {
                        answers.keep(repository, fresh);
                        fresh.clear();
                    }
                }
                if (answer.held()) {
                    // what is about an image comes back with it, so that no tag of its own has to lead to it
                    boolean alone = answer.byDigest() && !referrers.contains(manifest);
                    seen.put(manifest.digest(), List.of(held(upstream, manifest, answer, alone)));
                    if (alone) {
                        byDigest.add(manifest.digest());
                    }
                } else {
                    objections.put(manifest.digest(), gone(upstream, answer));
                }
            }
        } finally {
            answers.keep(repository, fresh);
        }
        return new Asked(objections, seen, byDigest);
    }

    private static Optional<Objection> late(Upstream upstream, boolean isOver) {
        return isOver
                ? Optional.of(new Objection(
                        Guard.UPSTREAM_UNCHECKED,
                        upstream.prefix() + "'s upstream answers so slowly that this piece of the sweep spent its "
                                + ASKING.toMinutes() + " minutes on asking for others; the next sweep goes on"))
                : Optional.empty();
    }

    private static String held(Upstream upstream, Manifest manifest, Answer answer, boolean byDigestAlone) {
        String held = "upstream: " + upstream.prefix() + "'s had it at " + answer.at();
        return byDigestAlone ? held + ", " + Objections.byDigestAlone(UpstreamQuestions.tag(manifest)) : held;
    }

    private static Objection gone(Upstream upstream, Answer answer) {
        return new Objection(
                Guard.GONE_UPSTREAM, upstream.prefix() + "'s upstream did not have it any more at " + answer.at());
    }
}
