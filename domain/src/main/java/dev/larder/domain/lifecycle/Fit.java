package dev.larder.domain.lifecycle;

/** Whether any run could take an offer, as far as its repository alone tells: how much the cell holds may not be known yet. */
public enum Fit {
    /** A run could take it. */
    FITS,
    /** The share of the cell may be too small for it. */
    MAYBE,
    /** It is larger than a tenth, and could go alone when nothing else goes. */
    ALONE,
    /** It is larger than a whole run may be, or than the share of its repository, or goes with others and not in a tenth. */
    NEVER;

    /** Of an offer. */
    public static Fit of(Offer offer, Totals repository, Limits limits) {
        if (limits.areBelow(offer) || offer.tops() > limits.share(repository)) {
            return NEVER;
        }
        if (limits.areTenthBelow(offer)) {
            return Limits.isSingle(offer) ? ALONE : NEVER;
        }
        // the cell holds what the repository holds, at least
        return Limits.isSingle(offer) || offer.images() <= limits.shareOfCell(repository.images()) ? FITS : MAYBE;
    }
}
