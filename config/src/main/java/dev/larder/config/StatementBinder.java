package dev.larder.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** {@code policy}: statements of a repository policy in IAM's words. */
final class StatementBinder {
    /** Without {@code Resource}: a repository's policy is about the repository (aws-cdk, noResourceStatements). */
    static final List<String> KEYS =
            List.of("Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Condition");

    private static final Set<String> PRINCIPALS = Set.of("AWS", "Service", "Federated");
    private static final Pattern ACTION = Pattern.compile("\\*|ecr:[A-Za-z*?]{1,64}");
    private static final Pattern SID = Pattern.compile("[A-Za-z0-9]{1,64}");

    private StatementBinder() {}

    static List<Map<String, Object>> bind(Entry entry) {
        List<Map<String, Object>> statements = new ArrayList<>();
        Set<Object> sids = new HashSet<>();
        for (Entry item : entry.list()) {
            Section.of(item, KEYS)
                    .flatMap(section -> statement(section, statements.size() + 1))
                    .ifPresent(read -> {
                        if (!sids.add(read.get("Sid"))) {
                            item.problem(
                                    "the Sid " + Shown.quoted(String.valueOf(read.get("Sid"))) + " a second time",
                                    "each Sid once");
                        }
                        statements.add(read);
                    });
        }
        int characters = RepositoryPolicyText.of(statements).length();
        if (characters > AwsLimits.REPOSITORY_POLICY_CHARACTERS) {
            entry.problem(
                    "a repository policy of " + characters + " characters",
                    "at most " + AwsLimits.REPOSITORY_POLICY_CHARACTERS + ": ECR takes no more");
        }
        return statements;
    }

    private static Optional<Map<String, Object>> statement(Section section, int number) {
        Map<String, Object> statement = new LinkedHashMap<>();
        String sid = section.text("Sid", StatementBinder::sid, String.valueOf(number));
        statement.put("Sid", sid.startsWith(RepositoryPolicyText.MARK) ? sid : RepositoryPolicyText.MARK + sid);
        section.require("Effect", "Allow or Deny")
                .flatMap(entry -> entry.text(StatementBinder::effect))
                .ifPresent(effect -> statement.put("Effect", effect));
        boolean whose = one(section, "Principal", "NotPrincipal", StatementBinder::principal, statement);
        boolean what = one(section, "Action", "NotAction", entry -> texts(entry, StatementBinder::action), statement);
        section.get("Condition").ifPresent(entry -> {
            if (entry.mapping().isPresent()) {
                new PolicyValue().read(entry).ifPresent(value -> statement.put("Condition", value));
            }
        });
        return whose && what && statement.containsKey("Effect") ? Optional.of(statement) : Optional.empty();
    }

    /** Reads the one of two keys that must be there. */
    private static boolean one(
            Section section,
            String key,
            String opposite,
            Function<Entry, Optional<Object>> reader,
            Map<String, Object> statement) {
        Optional<Entry> first = section.get(key);
        Optional<Entry> second = section.get(opposite);
        if (first.isPresent() == second.isPresent()) {
            section.self()
                    .problem(
                            first.isPresent()
                                    ? "both " + key + " and " + opposite
                                    : "neither " + key + " nor " + opposite,
                            "one of them");
            return false;
        }
        Optional<Object> value = first.or(() -> second).flatMap(reader);
        value.ifPresent(read -> statement.put(first.isPresent() ? key : opposite, read));
        return value.isPresent();
    }

    private static Optional<Object> principal(Entry entry) {
        if (entry.node() instanceof ScalarNode) {
            return entry.text(StatementBinder::everyone).map(text -> text);
        }
        Map<String, Object> principals = new LinkedHashMap<>();
        Section.of(entry, PRINCIPALS.stream().sorted().toList()).ifPresent(section -> {
            if (section.keys().isEmpty()) {
                entry.problem("an empty mapping", "principals, for instance {AWS: \"111122223333\"}");
            }
            section.keys()
                    .keySet()
                    .forEach(kind -> section.get(kind)
                            .flatMap(value -> texts(value, StatementBinder::named))
                            .ifPresent(value -> principals.put(kind, value)));
        });
        return principals.isEmpty() ? Optional.empty() : Optional.of(principals);
    }

    /** One text, or several in a list. */
    private static Optional<Object> texts(Entry entry, TextReader<String> reader) {
        if (entry.node() instanceof SequenceNode) {
            List<String> values = entry.atLeastOne(reader, "at least one text");
            return values.isEmpty() ? Optional.empty() : Optional.of(values);
        }
        return entry.text(reader).map(text -> text);
    }

    private static String everyone(String text) {
        if (!text.equals("*")) {
            throw new UnexpectedText("\"*\" for everyone, or a mapping such as {AWS: \"111122223333\"}");
        }
        return text;
    }

    private static String named(String text) {
        if (text.isEmpty() || text.length() > 2048) {
            throw new UnexpectedText("a principal: an account, an ARN, a service, or *");
        }
        return text;
    }

    private static String action(String text) {
        if (!ACTION.matcher(text).matches()) {
            throw new UnexpectedText("an action of ECR such as ecr:BatchGetImage, or *");
        }
        return text;
    }

    private static String effect(String text) {
        if (!text.equals("Allow") && !text.equals("Deny")) {
            throw new UnexpectedText("Allow or Deny");
        }
        return text;
    }

    private static String sid(String text) {
        if (!SID.matcher(text).matches()) {
            throw new UnexpectedText("1 to 64 letters and digits");
        }
        return text;
    }
}
