package dev.larder.domain.lifecycle;

import java.time.Duration;

/**
 * What would let a manifest go.
 *
 * @param rule what the rule or quota matches
 * @param time so long ago every use of it must be
 */
record Ground(Reason reason, String rule, Duration time) {
    /** Whether it asks for more than another one. */
    boolean isStricterThan(Ground other) {
        int order = time.compareTo(other.time);
        return order > 0 || (order == 0 && reason.compareTo(other.reason) < 0);
    }

    /** The one under a quota: its time, when that is shorter. */
    Ground under(Quota quota) {
        boolean shorter = quota.notPulledFor().compareTo(time) < 0;
        return new Ground(Reason.QUOTA, quota.match(), shorter ? quota.notPulledFor() : time);
    }

    /** {@code 30 d}, or what Java writes when it is not whole days. */
    String readableTime() {
        return time.equals(Duration.ofDays(time.toDays())) ? time.toDays() + " d" : time.toString();
    }
}
