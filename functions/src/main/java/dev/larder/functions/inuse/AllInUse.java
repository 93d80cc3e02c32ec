package dev.larder.functions.inuse;

import dev.larder.domain.lifecycle.InUse;
import java.util.List;

/** Several sources as one. */
public final class AllInUse implements InUseSources {
    private final List<InUseSources> sources;

    /** @param sources in the order in which people read their answers */
    public AllInUse(List<InUseSources> sources) {
        this.sources = List.copyOf(sources);
    }

    @Override
    public boolean readAhead() {
        // each, whether there is something left of another or not
        return sources.stream().filter(source -> !source.readAhead()).count() == 0;
    }

    @Override
    public List<InUse> now() {
        return sources.stream().flatMap(source -> source.now().stream()).toList();
    }
}
