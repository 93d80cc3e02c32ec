package dev.larder.local.ecr.lifecycle;

import dev.larder.events.image.Digest;
import dev.larder.local.ecr.lifecycle.LifecyclePolicy.Action;
import dev.larder.local.ecr.lifecycle.LifecyclePolicy.Image;
import dev.larder.local.ecr.lifecycle.LifecyclePolicy.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps what a staying index references, and puts the rest into an order in which every index goes before its children:
 * "if an image is referenced by a manifest list, it cannot be expired or archived without the manifest list being
 * deleted or archived first". An image is let go only after all its indexes are gone, so whatever hangs on an index
 * that stays, at any depth, stays.
 */
record IndexesFirst(Inventory inventory) {
    List<Action> order(Map<Digest, Action> marks) {
        Map<Digest, Action> done = new LinkedHashMap<>();
        List<Action> free = free(marks, done);
        while (!free.isEmpty()) {
            free.forEach(action -> done.put(action.digest(), action));
            free = free(marks, done);
        }
        return List.copyOf(done.values());
    }

    private List<Action> free(Map<Digest, Action> marks, Map<Digest, Action> done) {
        return inventory.images().stream()
                .filter(image -> !done.containsKey(image.digest()))
                .sorted(Moment.OLDEST_FIRST)
                .flatMap(image -> Optional.ofNullable(marks.get(image.digest()))
                        .filter(action ->
                                image.referencedBy().stream().allMatch(index -> releases(index, action.kind(), done)))
                        .stream())
                .toList();
    }

    /**
     * Whether the index no longer holds its children back. Inferred: an archived index releases them to the archive
     * only, because it could not be pulled after a restore if they were deleted.
     */
    private boolean releases(Digest index, Kind child, Map<Digest, Action> done) {
        Action action = done.get(index);
        return switch (child) {
            case EXPIRE -> action != null && action.kind() == Kind.EXPIRE;
            case TRANSITION ->
                action != null || inventory.find(index).filter(Image::archived).isPresent();
        };
    }
}
