package dev.larder.local.cloudtrail;

import java.util.List;
import java.util.Optional;

/**
 * Which management events a trail takes: basic selectors or advanced ones, never both.
 *
 * @param basic by {@code EventSelectors}
 * @param advanced by {@code AdvancedEventSelectors}
 */
record Selectors(List<Basic> basic, List<Advanced> advanced) {
    /** What a trail has without selectors of its own. */
    static final Selectors ALL_MANAGEMENT_EVENTS =
            new Selectors(List.of(new Basic(ReadWrite.All, true, List.of())), List.of());

    Selectors {
        basic = List.copyOf(basic);
        advanced = List.copyOf(advanced);
    }

    /** One that takes a call is enough. The sources that can be left out, KMS and RDS, are not imitated here. */
    boolean take(boolean readOnly) {
        return basic.stream().anyMatch(selector -> selector.take(readOnly))
                || advanced.stream().anyMatch(selector -> selector.take(readOnly));
    }

    /** {@code ReadWriteType}, by CloudTrail's names. */
    enum ReadWrite {
        All,
        ReadOnly,
        WriteOnly
    }

    /** A basic selector. */
    record Basic(ReadWrite type, boolean managementEvents, List<String> excludedSources) {
        Basic {
            excludedSources = List.copyOf(excludedSources);
        }

        boolean take(boolean readOnly) {
            return managementEvents
                    && switch (type) {
                        case All -> true;
                        case ReadOnly -> readOnly;
                        case WriteOnly -> !readOnly;
                    };
        }
    }

    /**
     * An advanced selector of {@code eventCategory} Management.
     *
     * @param readOnly the only kind that it takes; empty for both
     * @param excludedSources {@code eventSource} NotEquals
     */
    record Advanced(Optional<String> name, Optional<Boolean> readOnly, List<String> excludedSources) {
        Advanced {
            excludedSources = List.copyOf(excludedSources);
        }

        boolean take(boolean call) {
            return readOnly.map(only -> only == call).orElse(true);
        }
    }
}
