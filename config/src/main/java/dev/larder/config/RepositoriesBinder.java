package dev.larder.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;

/** {@code repositories}: of all upstreams, or of one. */
final class RepositoriesBinder {
    static final List<String> KEYS = List.of("expire", "policy", "tags", "scanOnPush", "tagMutability", "encryption");
    static final List<String> MUTABILITY_KEYS = List.of("tags", "except");
    static final List<String> ENCRYPTION_KEYS = List.of("kmsKeys");

    /** ECR's API model: ImageTagMutabilityExclusionFilters. */
    private static final int MOST_EXCEPTIONS = 5;

    private static final Pattern EXCEPTION = Pattern.compile("[0-9a-zA-Z._*-]{1,128}");

    /** ECR's API model, KmsKeyForRepositoryCreationTemplate: whole ARNs only. */
    private static final Pattern KEY = Pattern.compile("arn:aws[a-z0-9-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[a-z0-9-]+");

    private RepositoriesBinder() {}

    static RepositoryKeys bind(Section parent, List<Cell> cells) {
        return parent.section("repositories", KEYS)
                .map(section -> new RepositoryKeys(
                        section.get("expire").map(ExpireBinder::bind),
                        section.get("policy").map(StatementBinder::bind),
                        section.get("tags").map(RepositoryTagsBinder::bind),
                        section.get("scanOnPush").flatMap(Entry::flag),
                        section.get("tagMutability").flatMap(RepositoriesBinder::mutability),
                        section.section("encryption", ENCRYPTION_KEYS).flatMap(keys -> keys(keys, cells))))
                .orElse(RepositoryKeys.NONE);
    }

    /** The settings of each valid upstream. */
    static Map<String, CachedRepositories> join(BoundUpstreams upstreams, RepositoryKeys ofAll) {
        Map<String, CachedRepositories> joined = new LinkedHashMap<>();
        upstreams
                .valid()
                .forEach(upstream -> joined.put(
                        upstream.prefix(),
                        upstreams
                                .repositories()
                                .getOrDefault(upstream.prefix(), RepositoryKeys.NONE)
                                .over(ofAll)));
        return joined;
    }

    private static Optional<TagMutability> mutability(Entry entry) {
        if (!(entry.node() instanceof MappingNode)) {
            return entry.text(RepositoriesBinder::isMutable).map(mutable -> new TagMutability(mutable, List.of()));
        }
        return Section.of(entry, MUTABILITY_KEYS).flatMap(section -> {
            Optional<Boolean> mutable = section.require("tags", "mutable or immutable")
                    .flatMap(word -> word.text(RepositoriesBinder::isMutable));
            List<String> except = section.texts("except", RepositoriesBinder::exception, List.of());
            if (except.size() > MOST_EXCEPTIONS) {
                section.get("except")
                        .ifPresent(list -> list.problem(
                                except.size() + " exceptions", "at most " + MOST_EXCEPTIONS + ": ECR has no more"));
            }
            return mutable.map(word -> new TagMutability(word, except));
        });
    }

    private static boolean isMutable(String text) {
        return switch (text) {
            case "mutable" -> true;
            case "immutable" -> false;
            default -> throw new UnexpectedText("mutable or immutable");
        };
    }

    private static String exception(String text) {
        if (!EXCEPTION.matcher(text).matches()) {
            throw new UnexpectedText("a pattern of tags such as v*: 1 to 128 letters, digits and . _ - *");
        }
        return text;
    }

    private static Optional<List<String>> keys(Section section, List<Cell> cells) {
        String shape = "the ARNs of KMS keys, one for each cell";
        return section.require("kmsKeys", shape).map(entry -> {
            List<String> keys = entry.atLeastOne(RepositoriesBinder::key, shape);
            for (Cell cell : cells) {
                String place = ":kms:" + cell.region() + ":" + cell.account() + ":";
                long own = keys.stream().filter(arn -> arn.contains(place)).count();
                if (own != 1) {
                    entry.problem(own + " keys of " + cell, "one key for each cell, in its account and region");
                }
            }
            return keys;
        });
    }

    private static String key(String text) {
        if (!KEY.matcher(text).matches()) {
            throw new UnexpectedText("the whole ARN of a KMS key: arn:aws:kms:region:account:key/id");
        }
        return text;
    }
}
