package dev.larder.functions.upstream;

import dev.larder.config.Upstream;
import dev.larder.domain.upstream.ReportedLimit;
import dev.larder.functions.ecr.CachedManifest;
import java.time.Instant;

/** {@link UpstreamPurse} out of {@link UpstreamFunds}. */
public final class FundsPurse implements UpstreamPurse {
    /** Configuration and layers of an image of which the index is known, and the image not: a guess. */
    private static final int BLOBS = 10;

    private final UpstreamStates states;
    private final UpstreamFunds funds;

    /** @param states where the funds are */
    public FundsPurse(UpstreamStates states) {
        this.states = states;
        this.funds = new UpstreamFunds(states);
    }

    @Override
    public boolean payHead(Upstream upstream, Instant now) {
        return funds.pay(upstream, Tariffs.of(upstream).head(), now);
    }

    @Override
    public boolean payQuestion(Upstream upstream, Instant now) {
        return funds.payForWhatCanWait(upstream, Tariffs.of(upstream).head(), now);
    }

    @Override
    public boolean payImport(Upstream upstream, CachedManifest like, Instant now) {
        int images = like.children().size();
        int blobs = images == 0 ? like.blobs().size() : images * BLOBS;
        return funds.pay(upstream, Tariffs.of(upstream).importing(1 + images, blobs), now);
    }

    @Override
    public void askedAgain(Upstream upstream, int times, Instant now) {
        funds.settle(upstream, 0, times * Tariffs.of(upstream).head(), now);
    }

    @Override
    public void reported(Upstream upstream, ReportedLimit limit, Instant now) {
        states.reported(upstream.prefix(), limit, now);
    }
}
