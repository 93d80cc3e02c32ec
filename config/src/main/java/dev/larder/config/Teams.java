package dev.larder.config;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * {@code usage.teams}: name to patterns over whoever pulled. A principal is the ARN of a role, a user or an account's
 * root, or an account's 12 digits, where CloudTrail tells no more of a caller in another account; a workload is what a
 * role's session is named after: {@code pod/<cluster>/<pod>} with the beginnings of both names, {@code ecs-task/<id>} or
 * {@code node/<instance>}. {@code *} and {@code **} are those of {@link Globs}.
 */
final class Teams {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][\\w.-]{0,63}");
    private static final Pattern PRINCIPAL = Pattern.compile(
            "arn:aws(-[a-z]+)*:iam::([0-9]{12}|\\*):(root|(role|user)/[\\w+=,.@*-]+(/[\\w+=,.@*-]+)*)|[0-9]{12}");
    private static final Pattern WORKLOAD = Pattern.compile("pod(/[\\w.*-]+){1,2}|(ecs-task|node)/[\\w*-]+");

    /** A path of 512 characters and a name of 64 (IAM's quotas), behind the longest start of an ARN. */
    private static final int LONGEST = 640;

    private Teams() {}

    static Map<String, List<String>> bind(Entry entry) {
        return Section.open(entry).map(Teams::bindAll).orElse(Map.of());
    }

    private static Map<String, List<String>> bindAll(Section section) {
        Map<String, List<String>> teams = new LinkedHashMap<>();
        Map<String, String> owners = new HashMap<>();
        section.keys().forEach((team, key) -> {
            if (!NAME.matcher(team).matches()) {
                key.problem(
                        "the team " + Shown.quoted(team),
                        "a name of at most 64 letters, digits and . _ -, a letter or digit in front");
            }
            Optional<Entry> patterns = section.get(team);
            patterns.ifPresent(list -> teams.put(
                    team,
                    list.atLeastOne(reader(team, owners), "at least one pattern, such as pod/*/" + example(team))));
        });
        return teams;
    }

    /** A pattern stands in one team only, or the order of the file would silently decide. */
    private static TextReader<String> reader(String team, Map<String, String> owners) {
        return text -> {
            checkShape(text);
            String owner = Optional.ofNullable(owners.putIfAbsent(text, team)).orElse(team);
            if (!owner.equals(team)) {
                throw new UnexpectedText("a pattern of one team: " + owner + " has it too; remove it from " + owner
                        + " or from " + team);
            }
            return text;
        };
    }

    private static void checkShape(String text) {
        boolean wellFormed = text.length() <= LONGEST
                && !text.contains("***")
                && (PRINCIPAL.matcher(text).matches() || WORKLOAD.matcher(text).matches());
        if (!wellFormed) {
            throw new UnexpectedText("a pattern of who pulls, such as arn:aws:iam::111122223333:role/payments-*,"
                    + " pod/*/payments-*, ecs-task/*, node/* or an account's 12 digits");
        }
    }

    private static String example(String team) {
        return NAME.matcher(team).matches() ? team + "-*" : "payments-*";
    }
}
