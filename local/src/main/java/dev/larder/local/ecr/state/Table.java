package dev.larder.local.ecr.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;

/** Records under keys of one or more parts, in the keys' order. */
final class Table<V> {
    private final Supplier<MVMap<String, String>> maps;
    private final Class<V> type;

    Table(Supplier<MVMap<String, String>> maps, Class<V> type) {
        this.maps = maps;
        this.type = type;
    }

    Optional<V> get(String... key) {
        return Optional.ofNullable(map().get(Keys.of(key))).map(text -> Records.read(text, type));
    }

    boolean has(String... key) {
        return map().containsKey(Keys.of(key));
    }

    void put(V value, String... key) {
        map().put(Keys.of(key), Records.write(value));
    }

    Optional<V> remove(String... key) {
        return Optional.ofNullable(map().remove(Keys.of(key))).map(text -> Records.read(text, type));
    }

    boolean hasUnder(String... parts) {
        String under = Keys.under(parts);
        String first = map().ceilingKey(under);
        return first != null && first.startsWith(under);
    }

    /** The last part of each key under the parts. */
    List<String> keys(String... parts) {
        String under = Keys.under(parts);
        List<String> keys = new ArrayList<>();
        Cursor<String, String> cursor = map().cursor(under);
        while (cursor.hasNext()) {
            String key = cursor.next();
            if (!key.startsWith(under)) {
                break;
            }
            keys.add(Keys.last(key));
        }
        return keys;
    }

    /** All records under the parts; all of the table when there are none. */
    List<V> all(String... under) {
        return page(Optional.empty(), Integer.MAX_VALUE, value -> true, under).items();
    }

    /**
     * The next records under the parts that are wanted.
     *
     * @param after the last part of the key that the page before ended with
     */
    Page<V> page(Optional<String> after, int limit, Predicate<V> wanted, String... parts) {
        String under = Keys.under(parts);
        String from = under + after.orElse("");
        List<V> items = new ArrayList<>();
        String last = "";
        Cursor<String, String> cursor = map().cursor(from);
        while (cursor.hasNext()) {
            String key = cursor.next();
            if (!key.startsWith(under)) {
                break;
            }
            if (after.isPresent() && key.equals(from)) {
                continue;
            }
            V value = Records.read(cursor.getValue(), type);
            if (!wanted.test(value)) {
                continue;
            }
            if (items.size() == limit) {
                return new Page<>(items, Optional.of(last));
            }
            items.add(value);
            last = Keys.last(key);
        }
        return new Page<>(items, Optional.empty());
    }

    private MVMap<String, String> map() {
        return maps.get();
    }
}
