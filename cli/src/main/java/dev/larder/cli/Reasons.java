package dev.larder.cli;

import dev.larder.events.WarmReason;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reasons to warm an image, in the words of commands and their answers. */
final class Reasons {
    private Reasons() {}

    /** {@code evicted_too_early}. */
    static String word(WarmReason reason) {
        return reason.name().toLowerCase(Locale.ROOT);
    }

    /** Those that the planner has; the others come from elsewhere. */
    private static List<WarmReason> planned() {
        EnumSet<WarmReason> others = EnumSet.of(WarmReason.UNDO, WarmReason.MANUAL, WarmReason.MISSING_PLATFORM);
        return List.copyOf(EnumSet.complementOf(others));
    }

    private static List<String> words() {
        return planned().stream().map(Reasons::word).toList();
    }

    /** Reads a reason of a plan. */
    static final class Converter implements ITypeConverter<WarmReason> {
        @Override
        public WarmReason convert(String text) {
            return planned().stream()
                    .filter(reason -> word(reason).equals(text))
                    .findFirst()
                    .orElseThrow(() ->
                            new TypeConversionException("there is no reason '" + text + "'; there are " + words()));
        }
    }

    /** Those of a plan, for the help. */
    static final class Words implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return words().iterator();
        }
    }
}
