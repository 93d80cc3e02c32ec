package dev.larder.functions.usage;

import dev.larder.events.image.ImageReference;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The names in some facts, numbered from 1, so that each is written once; 0 is no name. */
final class Dictionary {
    private final List<String> names = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<Integer, ImageReference> images = new HashMap<>();

    int add(String name) {
        return numbers.computeIfAbsent(name, added -> {
            names.add(added);
            return names.size();
        });
    }

    Optional<String> name(int number) {
        return number == 0 ? Optional.empty() : Optional.of(names.get(number - 1));
    }

    ImageReference image(int number) {
        return images.computeIfAbsent(number, each -> ImageReference.parse(names.get(each - 1)));
    }

    void write(DataOutputStream out) throws IOException {
        out.writeShort(names.size());
        for (String name : names) {
            out.writeUTF(name);
        }
    }

    static Dictionary read(DataInputStream in) throws IOException {
        Dictionary dictionary = new Dictionary();
        for (int left = in.readUnsignedShort(); left > 0; left--) {
            dictionary.add(in.readUTF());
        }
        return dictionary;
    }
}
