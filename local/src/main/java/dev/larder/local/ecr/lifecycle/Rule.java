package dev.larder.local.ecr.lifecycle;

import dev.larder.local.ecr.lifecycle.LifecyclePolicy.Image;
import dev.larder.local.ecr.lifecycle.LifecyclePolicy.Kind;

/**
 * One rule of a policy.
 *
 * @param priority the lowest number is applied first
 * @param tags which tags an image must have
 * @param archived whether it selects archived images; it selects images of exactly one storage class
 * @param count which of the selected images it acts on
 * @param action what it does to them
 */
record Rule(int priority, TagRequirement tags, boolean archived, Count count, Kind action) {
    /**
     * Whether the image is the rule's, whatever its age. The storage class takes part: ECR's own example of archiving
     * has one rule for any standard image and, after it, one for any archived image, which would otherwise never apply.
     */
    boolean selects(Image image) {
        return image.archived() == archived && tags.matches(image.tags());
    }

    /** The storage class as policies name it. */
    String storageClass() {
        return archived ? "archive" : "standard";
    }
}
