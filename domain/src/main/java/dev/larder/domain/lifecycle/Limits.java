package dev.larder.domain.lifecycle;

/**
 * Where a run stops.
 *
 * @param images at most this many manifests in a run
 * @param bytes at most this many bytes in a run
 * @param repositoryPercent at most this share of a repository's tops ({@link RepositoryPlan#tops()}) in a run, 1 to 100,
 *     rounded up so that even a repository with one image can be emptied
 * @param cellPercent at most this share of the cell's manifests in a run, 1 to 100, rounded down; one group with a single
 *     top always fits, so that even a small cell can be tidied
 * @param whole what a run may take that has no tenth of the limits; one group with a single top that is not more may go alone
 *     in a tenth, when nothing else went, or a tenth into which nothing fits would never end
 */
public record Limits(int images, long bytes, int repositoryPercent, int cellPercent, Size whole) {
    /** How much it is at most. */
    public record Size(int images, long bytes) {
        boolean isBelow(Offer offer) {
            return offer.images() > images || offer.bytes() > bytes;
        }
    }

    /** The limits of a run that has no tenth of them. */
    public Limits(int images, long bytes, int repositoryPercent, int cellPercent) {
        this(images, bytes, repositoryPercent, cellPercent, new Size(images, bytes));
    }

    /** @throws IllegalArgumentException when a limit is out of bounds */
    public Limits {
        if (images < 1 || bytes < 1 || isNoPercent(repositoryPercent) || isNoPercent(cellPercent)) {
            throw new IllegalArgumentException("not the limits of a run: " + images + " images, " + bytes + " bytes, "
                    + repositoryPercent + "% of a repository, " + cellPercent
                    + "% of the cell; expected each above zero, and 1 to 100%");
        }
    }

    private static boolean isNoPercent(int percent) {
        return percent < 1 || percent > 100;
    }

    /** What a run has taken so far. */
    public record Spent(int images, long bytes) {
        /** Nothing. */
        public static final Spent NOTHING = new Spent(0, 0);

        Spent plus(Offer offer) {
            return new Spent(images + offer.images(), bytes + offer.bytes());
        }
    }

    /** Whether it is more than a whole run. */
    boolean areBelow(Offer offer) {
        return whole.isBelow(offer);
    }

    /** Whether it is more than a tenth, of a run that has no more. */
    boolean areTenthBelow(Offer offer) {
        return new Size(images, bytes).isBelow(offer);
    }

    /** So many of its tops a repository gives to a run. */
    long share(Totals repository) {
        return ((long) repository.tops() * repositoryPercent + 99) / 100;
    }

    /** So many of its manifests a cell gives to a run. */
    long shareOfCell(long imagesOfCell) {
        return imagesOfCell * cellPercent / 100;
    }

    /** Whether it is one that the share of the cell lets go alone, however small. */
    static boolean isSingle(Offer offer) {
        return offer.tops() <= 1;
    }

    /** A tenth of each, rounded up: how far the first enforced run after a deploy goes. */
    public Limits tenth() {
        return new Limits(
                Math.toIntExact(tenth(images)),
                tenth(bytes),
                Math.toIntExact(tenth(repositoryPercent)),
                Math.toIntExact(tenth(cellPercent)),
                whole);
    }

    private static long tenth(long limit) {
        return limit / 10 + (limit % 10 == 0 ? 0 : 1);
    }
}
