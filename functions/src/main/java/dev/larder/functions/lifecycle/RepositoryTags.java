package dev.larder.functions.lifecycle;

import dev.larder.functions.ecr.CacheException;
import dev.larder.functions.ecr.CacheInventory;
import java.util.HashMap;
import java.util.Map;

/**
 * Puts Larder's tags on cached repositories that lack them: those that are older than the creation template. Other tags
 * stay as they are.
 */
final class RepositoryTags {
    /** Says that the repository is a cached one that Larder looks after. */
    static final String MANAGED_BY = "managed-by";

    /** Says of which cell: account and region. */
    static final String CELL = "larder:cell";

    private final CacheInventory inventory;

    RepositoryTags(CacheInventory inventory) {
        this.inventory = inventory;
    }

    /** Adds what is missing or wrong. That a repository cannot be tagged keeps nobody from sweeping it. */
    void repair(CacheInventory.Repository repository) {
        try {
            Map<String, String> missing = new HashMap<>(wanted(repository));
            missing.entrySet().removeAll(inventory.tags(repository).entrySet());
            if (!missing.isEmpty()) {
                inventory.addTags(repository, missing);
            }
        } catch (CacheException e) {
            System.out.println("tags of " + repository.name() + " stay as they are: " + e.getMessage());
        }
    }

    /** An ARN is {@code arn:partition:ecr:region:account:repository/name}. */
    private static Map<String, String> wanted(CacheInventory.Repository repository) {
        String[] arn = repository.arn().split(":", 6);
        return arn.length == 6
                ? Map.of(MANAGED_BY, "larder", CELL, arn[4] + "/" + arn[3])
                : Map.of(MANAGED_BY, "larder");
    }
}
