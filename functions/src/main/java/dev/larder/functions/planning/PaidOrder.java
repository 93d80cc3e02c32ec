package dev.larder.functions.planning;

import dev.larder.config.Upstream;
import dev.larder.domain.upstream.Tariff;
import dev.larder.domain.upstream.TokenBucket;
import dev.larder.domain.warming.Growth;
import dev.larder.domain.warming.ImportSize;
import dev.larder.events.WarmOrder;
import dev.larder.events.WarmReason;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.ecr.CachedManifest;
import dev.larder.functions.table.ImageRecords;
import dev.larder.functions.upstream.Tariffs;
import dev.larder.functions.upstream.UpstreamFunds;
import dev.larder.functions.warm.OrderAccount;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The account of an order, out of the funds that plans spend. It knows what was imported, and so what that cost. */
final class PaidOrder implements OrderAccount {
    /** What a bucket holds of its capacity that nobody has a use for. */
    private static final double NEARLY = 0.75;

    private final WarmOrder order;
    private final boolean looks;
    private final boolean served;
    private final int planned;
    private final UpstreamFunds funds;
    private final ImageRecords records;
    private final List<CachedManifest> imports = new ArrayList<>();
    private int tokens;
    private int asked;
    private int covered;
    private int lacked;

    /**
     * Takes what it pays from.
     *
     * @param looks whether the plan paid for a look at ECR alone
     * @param served whether ECR serves the image without asking, as far as the record says
     * @param planned what the plan thought that it costs, in tokens
     * @param tokens what of it was paid
     */
    PaidOrder(
            WarmOrder order,
            boolean looks,
            boolean served,
            int planned,
            int tokens,
            UpstreamFunds funds,
            ImageRecords records) {
        this.order = order;
        this.looks = looks;
        this.served = served;
        this.planned = planned;
        this.tokens = tokens;
        this.funds = funds;
        this.records = records;
    }

    @Override
    public boolean paysBefore() {
        return order.reason().isPlanned();
    }

    @Override
    public boolean looks() {
        return looks;
    }

    @Override
    public int planned() {
        return planned;
    }

    @Override
    public boolean covers(Upstream upstream, int cost, Instant now) {
        int missing = cost(upstream) + cost - tokens;
        boolean paid = missing <= 0 || funds.pay(upstream, missing, now);
        covered += paid || paysBefore() ? 1 : 0;
        if (!paid) {
            lacked = tokens + missing;
        } else if (missing > 0) {
            tokens += missing;
        }
        return paid;
    }

    /**
     * In every other window it goes as long as anything is left, and in those between only when the bucket is nearly full: a run
     * that is undone takes days where it is many windows' worth, and neither it nor the plans are to wait all that time.
     */
    @Override
    public boolean takesItsTurn(Upstream upstream, Instant now) {
        Optional<TokenBucket> bucket = funds.of(upstream, now).bucket().map(held -> held.at(now));
        if (bucket.isEmpty() || tokens > 0) {
            return true;
        }
        boolean first = now.getEpochSecond() / Math.max(1, bucket.get().window().toSeconds()) % 2 == 0;
        double left = bucket.get().tokens();
        Tariff tariff = Tariffs.of(upstream);
        int most = tariff.importing(ImportSize.UNKNOWN.manifests(), ImportSize.UNKNOWN.blobs())
                + Growth.tokens(false, 0, tariff);
        int due = Math.max(1, Math.min((int) left, most));
        if ((!first && left < bucket.get().capacity() * NEARLY) || !funds.payForWhatCanWait(upstream, due, now)) {
            return false;
        }
        tokens += due;
        covered++;
        return true;
    }

    @Override
    public boolean mayPay(Upstream upstream, int cost, Instant now) {
        return funds.of(upstream, now)
                .bucket()
                .filter(bucket -> bucket.dearest() < cost)
                .isEmpty();
    }

    @Override
    public void imported(CachedManifest manifest) {
        imports.add(manifest);
    }

    @Override
    public void asked(int cost) {
        asked += cost;
    }

    /** What all together would have cost that the budget did not hold last, in tokens. */
    int lacked() {
        return lacked;
    }

    /** Whether nobody was asked for anything, neither by ECR nor by Larder. */
    boolean isUnasked() {
        return !hasImported() && covered == 0 && (looks || served);
    }

    boolean hasImported() {
        return !imports.isEmpty();
    }

    /** All that was paid, in tokens. */
    int tokens() {
        return tokens;
    }

    /** What the imports and the questions cost, in tokens. */
    int cost(Upstream upstream) {
        Tariff tariff = Tariffs.of(upstream);
        return asked
                + imports.stream()
                        .map(this::size)
                        .mapToInt(size -> tariff.importing(size.manifests(), size.blobs()))
                        .sum();
    }

    /**
     * What an order took that came to nothing, in tokens: what it is known to have imported, or else all that was paid for
     * it, and no less than a manifest where ECR may have asked for one.
     */
    int took(Upstream upstream) {
        return hasImported() ? cost(upstream) : Math.max(tokens, cost(upstream) + manifests(upstream, 1));
    }

    /** The same of an image that the upstream does not have, or not for us: one answer for each time it was asked. */
    int tookInVain(Upstream upstream) {
        int most = order.image() instanceof Digested ? Math.max(1, planned) : 1;
        return cost(upstream) + (hasImported() ? 0 : manifests(upstream, most));
    }

    /** ECR is sent to the upstream only after that was covered, where that is paid before, or waited for. */
    private int manifests(Upstream upstream, int most) {
        if (isUnasked()) {
            return 0;
        }
        Tariff tariff = Tariffs.of(upstream);
        boolean counted = order.reason() == WarmReason.UNDO || (paysBefore() && (tariff.blob() == 0 || covered > 0));
        return tariff.importing(counted ? Math.min(covered, most) : 1, 0);
    }

    /** What the imports brought, in bytes of blobs. */
    long bytes() {
        return imports.stream().map(this::size).mapToLong(ImportSize::bytes).sum();
    }

    /** By the record when the image was verified; otherwise its blobs are taken to be as usual. */
    private ImportSize size(CachedManifest manifest) {
        RepositoryName repository = order.image().repository();
        return records.manifest(repository, manifest.digest())
                .filter(stored -> stored.mediaType().isPresent())
                .map(KnownImages::size)
                .orElseGet(() -> KnownImages.size(manifest));
    }
}
