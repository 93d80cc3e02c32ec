package dev.larder.events;

/**
 * An event that ECR itself sends to EventBridge. All of them are best effort: they may come twice, late, in any order or
 * never.
 */
public sealed interface EcrEvent extends Event
        permits EcrImageAction,
                PullThroughCacheAction,
                ImageScan,
                ScanResourceChange,
                ReplicationAction,
                ReferrerAction,
                InspectorScan {
    /** What EventBridge wrote around it. */
    Envelope envelope();
}
