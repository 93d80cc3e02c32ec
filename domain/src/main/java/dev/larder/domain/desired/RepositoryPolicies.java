package dev.larder.domain.desired;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Merges repository policies. Larder owns the statements whose {@code Sid} starts with {@code Larder}; statements that
 * people made stay as they are. Where one of theirs denies what one of Larder's allows, both stay, and the conflict is
 * told: in IAM a denial wins.
 */
public final class RepositoryPolicies {
    /** What the ids of Larder's own statements start with. */
    static final String MARK = "Larder";

    private static final String STATEMENT = "Statement";

    private RepositoryPolicies() {}

    /**
     * What the policy should be.
     *
     * @param found as parsed JSON; empty for none
     * @param wanted as parsed JSON; its statements without Larder's mark do not count; empty for none
     */
    public static Merged merge(Map<String, Object> found, Map<String, Object> wanted) {
        List<Map<?, ?>> ours = read(wanted).orElse(List.of()).stream()
                .filter(RepositoryPolicies::isLarders)
                .toList();
        Optional<List<Map<?, ?>>> there = read(found);
        if (there.isEmpty()) {
            return new Merged(
                    found,
                    ours.isEmpty()
                            ? List.of()
                            : List.of(new Drift.Conflict(
                                    Field.REPOSITORY_POLICY,
                                    "a policy that Larder does not understand",
                                    Canonical.texts(ours),
                                    "correct or remove the policy that is there")));
        }
        List<Map<?, ?>> theirs =
                there.get().stream().filter(statement -> !isLarders(statement)).toList();
        List<Drift> drifts = new ArrayList<>(denials(theirs, ours));
        List<Map<?, ?>> gone = without(
                there.get().stream().filter(RepositoryPolicies::isLarders).toList(), ours);
        List<Map<?, ?>> come = without(
                ours, there.get().stream().filter(RepositoryPolicies::isLarders).toList());
        if (gone.isEmpty() && come.isEmpty()) {
            return new Merged(found, drifts);
        }
        drifts.add(new Drift.Open(Field.REPOSITORY_POLICY, Canonical.texts(gone), Canonical.texts(come)));
        List<Object> statements = new ArrayList<>(theirs);
        statements.addAll(ours);
        Map<String, Object> document = new LinkedHashMap<>(found.isEmpty() ? wanted : found);
        document.put(STATEMENT, statements);
        return new Merged(statements.isEmpty() ? Map.of() : document, drifts);
    }

    /** Empty when it is not understood. A single statement needs no list around it (IAM user guide, grammar). */
    private static Optional<List<Map<?, ?>>> read(Map<String, Object> document) {
        if (document.isEmpty()) {
            return Optional.of(List.of());
        }
        List<Map<?, ?>> statements = new ArrayList<>();
        if (document.get(STATEMENT) instanceof Map<?, ?> single) {
            statements.add(single);
            return Optional.of(statements);
        }
        if (!(document.get(STATEMENT) instanceof List<?> list)) {
            return Optional.empty();
        }
        for (Object element : list) {
            if (element instanceof Map<?, ?> statement) {
                statements.add(statement);
            }
        }
        return statements.size() == list.size() ? Optional.of(statements) : Optional.empty();
    }

    private static boolean isLarders(Map<?, ?> statement) {
        return statement.get("Sid") instanceof String sid && sid.startsWith(MARK);
    }

    private static List<Map<?, ?>> without(List<Map<?, ?>> all, List<Map<?, ?>> others) {
        Set<String> known = others.stream().map(Canonical::text).collect(Collectors.toSet());
        return all.stream()
                .filter(statement -> !known.contains(Canonical.text(statement)))
                .toList();
    }

    private static List<Drift> denials(List<Map<?, ?>> theirs, List<Map<?, ?>> ours) {
        List<Drift> conflicts = new ArrayList<>();
        for (Map<?, ?> denial : theirs) {
            ours.stream()
                    .filter(allowance -> "Deny".equals(denial.get("Effect"))
                            && "Allow".equals(allowance.get("Effect"))
                            && Actions.overlap(denial, allowance))
                    .findFirst()
                    .ifPresent(allowance -> conflicts.add(new Drift.Conflict(
                            Field.REPOSITORY_POLICY,
                            Canonical.text(denial),
                            Canonical.text(allowance),
                            "a statement that denies wins over one that allows")));
        }
        return conflicts;
    }
}
