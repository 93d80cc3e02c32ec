package dev.larder.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Statements as the JSON of a repository policy. */
final class RepositoryPolicyText {
    /** What the ids of Larder's own statements start with; the reconciler knows them by it. */
    static final String MARK = "Larder";

    private RepositoryPolicyText() {}

    static String of(List<Map<String, Object>> statements) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("Version", "2012-10-17");
        document.put("Statement", statements);
        return JsonText.write(document);
    }
}
