package dev.larder.local.bus;

/** The state of a rule, by EventBridge's names. */
public enum RuleState {
    /** Matches nothing. */
    DISABLED,
    /** Matches everything but read-only management events that come through CloudTrail. */
    ENABLED,
    /** Matches those too. */
    ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS
}
