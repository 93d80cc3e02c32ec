package dev.larder.functions.upstream;

import dev.larder.config.Upstream;
import dev.larder.domain.upstream.ReportedLimit;
import dev.larder.functions.ecr.CachedManifest;
import java.time.Instant;

/** Pays an upstream for what was in no plan, out of the budget that the plans spend, too. */
public interface UpstreamPurse {
    /**
     * Pays for asking what a tag points at.
     *
     * @return false when the budget does not hold it; nothing was paid then
     */
    boolean payHead(Upstream upstream, Instant now);

    /**
     * Pays for asking whether an upstream has an image, which can wait while the budget is saved for something dearer.
     *
     * @return false when the budget does not hold it, or is saved; nothing was paid then
     */
    boolean payQuestion(Upstream upstream, Instant now);

    /**
     * Pays for importing an image once more.
     *
     * @param like what is imported is about as large
     * @return false when the budget does not hold it; nothing was paid then
     */
    boolean payImport(Upstream upstream, CachedManifest like, Instant now);

    /**
     * The upstream was asked more often than was paid, which is owed.
     *
     * @param times 0 or more
     */
    void askedAgain(Upstream upstream, int times, Instant now);

    /** The upstream has just said how much is left of its limit. */
    void reported(Upstream upstream, ReportedLimit limit, Instant now);
}
