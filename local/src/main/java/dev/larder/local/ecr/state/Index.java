package dev.larder.local.ecr.state;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;

/** A set of keys of several parts, to find all that begin with some of them. */
final class Index {
    private final Supplier<MVMap<String, String>> maps;

    Index(Supplier<MVMap<String, String>> maps) {
        this.maps = maps;
    }

    void add(String... parts) {
        map().put(Keys.of(parts), "");
    }

    void remove(String... parts) {
        map().remove(Keys.of(parts));
    }

    boolean hasUnder(String... parts) {
        String under = Keys.under(parts);
        String first = map().ceilingKey(under);
        return first != null && first.startsWith(under);
    }

    /** The last part of each key under the parts, in order. */
    List<String> under(String... parts) {
        String under = Keys.under(parts);
        List<String> found = new ArrayList<>();
        Cursor<String, String> cursor = map().cursor(under);
        while (cursor.hasNext()) {
            String key = cursor.next();
            if (!key.startsWith(under)) {
                break;
            }
            found.add(Keys.last(key));
        }
        return found;
    }

    private MVMap<String, String> map() {
        return maps.get();
    }
}
