package dev.larder.local.ecr.lifecycle;

import dev.larder.events.image.Digest;
import dev.larder.local.ecr.lifecycle.LifecyclePolicy.Action;
import dev.larder.local.ecr.lifecycle.LifecyclePolicy.Image;
import dev.larder.local.ecr.lifecycle.LifecyclePolicy.Kind;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps what a staying index references, and puts the rest into an order in which every index goes before its children:
 * "if an image is referenced by a manifest list, it cannot be expired or archived without the manifest list being
 * deleted or archived first". An image is let go only after all its indexes are gone, so whatever hangs on an index
 * that stays, at any depth, stays.
 */
record IndexesFirst(Inventory inventory) {
    List<Action> order(Map<Digest, Action> marks) {
        Map<Digest, Action> pending = new HashMap<>(marks);
        Map<Digest, Action> done = new LinkedHashMap<>();
        List<Image> free = free(pending, done);
        while (!free.isEmpty()) {
            for (Image image : free) {
                Action action = pending.remove(image.digest());
                if (action != null) {
                    done.put(image.digest(), action);
                }
            }
            free = free(pending, done);
        }
        return List.copyOf(done.values());
    }

    private List<Image> free(Map<Digest, Action> pending, Map<Digest, Action> done) {
        return pending.values().stream()
                .filter(action -> inventory
                        .find(action.digest())
                        .filter(image ->
                                image.referencedBy().stream().allMatch(index -> releases(index, action.kind(), done)))
                        .isPresent())
                .flatMap(action -> inventory.find(action.digest()).stream())
                .sorted(Moment.OLDEST_FIRST)
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
