package dev.larder.functions.warm;

import dev.larder.config.Upstream;
import dev.larder.functions.ecr.CachedManifest;
import java.time.Instant;

/** What is paid of an upstream's budget for one order: by the plan, and more while it is carried out. */
public interface OrderAccount {
    /** Of an order that nobody planned: it pays nothing before, and what it took is owed after. */
    OrderAccount AFTERWARDS = new OrderAccount() {
        @Override
        public boolean paysBefore() {
            return false;
        }

        @Override
        public boolean looks() {
            return false;
        }

        @Override
        public int planned() {
            return 0;
        }

        @Override
        public boolean covers(Upstream upstream, int tokens, Instant now) {
            return true;
        }

        @Override
        public boolean mayPay(Upstream upstream, int tokens, Instant now) {
            return true;
        }

        @Override
        public boolean takesItsTurn(Upstream upstream, Instant now) {
            return true;
        }

        @Override
        public void asked(int cost) {}

        @Override
        public void imported(CachedManifest manifest) {}
    };

    /** Whether what the order takes must be paid before it takes it. */
    boolean paysBefore();

    /** Whether its plan paid for no more than a look at what the cache has: no upstream may be asked. */
    boolean looks();

    /** What the plan paid, in tokens of the upstream's budget. */
    int planned();

    /**
     * Sees to it that the next import may cost so much, and pays what is missing.
     *
     * @param tokens for that import alone
     * @return false when the budget does not hold what is missing; nothing more was paid then
     */
    boolean covers(Upstream upstream, int tokens, Instant now);

    /** Whether the upstream's budget may ever hold so much at once. */
    boolean mayPay(Upstream upstream, int tokens, Instant now);

    /**
     * Whether an order that can wait may go now, and pays what there is for it; what it takes more is owed afterwards.
     *
     * @return false when others come first; nothing was paid then
     */
    boolean takesItsTurn(Upstream upstream, Instant now);

    /** The upstream was asked for the order, at this cost, which is covered. */
    void asked(int cost);

    /** ECR has imported this for the order. */
    void imported(CachedManifest manifest);
}
