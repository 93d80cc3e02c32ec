package dev.larder.local.ecr.lifecycle;

import dev.larder.events.image.Digest;
import dev.larder.local.ecr.lifecycle.LifecyclePolicy.Action;
import dev.larder.local.ecr.lifecycle.LifecyclePolicy.Image;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the rules say about each image, before indexes are looked at. Each rule is evaluated over all images it selects,
 * those of other rules too; but an image can only be marked by the first rule, by priority, that selects it, even when
 * that rule leaves it alone.
 */
record Marks(List<Rule> byPriority) {
    Map<Digest, Action> over(Inventory inventory, Instant now) {
        Map<Digest, Action> marks = new HashMap<>();
        Set<Digest> taken = new HashSet<>();
        for (Rule rule : byPriority) {
            List<Image> selected =
                    inventory.images().stream().filter(rule::selects).toList();
            for (Image image : rule.count().marked(selected, now)) {
                if (!taken.contains(image.digest())) {
                    marks.put(image.digest(), new Action(image.digest(), rule.action(), rule.priority()));
                }
            }
            selected.forEach(image -> taken.add(image.digest()));
        }
        return marks;
    }
}
