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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether the upstream still has what would go, so that it can be had again: asked anew for each sweep
 * that would let it go, about once a week for what was not there, within the upstream's budget, and not while its circuit is open. What is not known stays until it is.
 */
public final class HeldAtUpstream implements Objections {
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

    @Override
    public Map<Digest, Objection> of(
            RepositoryName repository, List<Manifest> candidates, Duration unused, boolean evictGone) {
        List<Manifest> tops = Tops.of(candidates);
        if (evictGone || tops.isEmpty()) {
            return Map.of();
        }
        Optional<Upstream> upstream = upstreams.of(repository);
        if (upstream.isEmpty()) {
            return EachCandidate.all(
                    tops, new Objection(Guard.UPSTREAM_UNCHECKED, repository + " is under no upstream of the file"));
        }
        try {
            return ask(upstream.get(), repository, tops);
        } catch (RuntimeException e) {
            // the table, mostly
            return EachCandidate.all(
                    tops,
                    new Objection(
                            Guard.UPSTREAM_UNCHECKED,
                            "whether its upstream still has it could not be found out: " + e));
        }
    }

    private Map<Digest, Objection> ask(Upstream upstream, RepositoryName repository, List<Manifest> tops) {
        Map<Digest, Answer> known = answers.of(repository);
        Map<Digest, Answer> fresh = new HashMap<>();
        Map<Digest, Objection> objections = new HashMap<>();
        Optional<Objection> silence = Optional.empty();
        try {
            for (Manifest manifest : tops) {
                Instant now = clock.instant();
                Answer answer = known.get(manifest.digest());
                if (answer == null || !answer.isGood(now)) {
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
                    answer = new Answer(reply instanceof UpstreamQuestions.Reply.Held, clock.instant());
                    fresh.put(manifest.digest(), answer);
                }
                if (!answer.held()) {
                    objections.put(manifest.digest(), gone(upstream, answer));
                }
            }
        } finally {
            answers.keep(repository, fresh);
        }
        return objections;
    }

    private static Objection gone(Upstream upstream, Answer answer) {
        return new Objection(
                Guard.GONE_UPSTREAM, upstream.prefix() + "'s upstream did not have it any more at " + answer.at());
    }
}
