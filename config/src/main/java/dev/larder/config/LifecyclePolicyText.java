package dev.larder.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@link Expire} as the JSON of ECR's lifecycle policies (user guide, lifecycle_policy_parameters). */
final class LifecyclePolicyText {
    /** What the descriptions of Larder's own rules start with; the reconciler knows them by it. */
    static final String MARK = "larder: ";

    private LifecyclePolicyText() {}

    static String of(List<Expire> rules) {
        List<Object> written = new ArrayList<>();
        rules.forEach(rule -> written.add(rule(rule, written.size() + 1)));
        return JsonText.write(Map.of("rules", written));
    }

    private static Map<String, Object> rule(Expire rule, int priority) {
        Map<String, Object> selection = new LinkedHashMap<>();
        selection.put("tagStatus", rule.images().id());
        if (!rule.tags().isEmpty()) {
            selection.put("tagPatternList", rule.tags());
        }
        switch (rule.count()) {
            case Expire.Count.MoreThan(int images) -> {
                selection.put("countType", "imageCountMoreThan");
                selection.put("countNumber", images);
            }
            case Expire.Count.OlderThan(int days) -> {
                selection.put("countType", "sinceImagePushed");
                selection.put("countUnit", "days");
                selection.put("countNumber", days);
            }
        }
        Map<String, Object> written = new LinkedHashMap<>();
        written.put("rulePriority", priority);
        written.put("description", MARK + describe(rule));
        written.put("selection", selection);
        written.put("action", Map.of("type", "expire"));
        return written;
    }

    private static String describe(Expire rule) {
        String images = rule.images() == Expire.Images.TAGGED
                ? "images tagged " + String.join(" and ", rule.tags())
                : rule.images().id() + " images";
        return switch (rule.count()) {
            case Expire.Count.MoreThan(int most) -> images + ", all but the newest " + most;
            case Expire.Count.OlderThan(int days) -> images + " that came more than " + days + " days ago";
        };
    }
}
