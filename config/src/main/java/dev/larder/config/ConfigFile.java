package dev.larder.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Reads {@code larder.yaml} and checks it as a whole, AWS's own limits included. */
public final class ConfigFile {
    private ConfigFile() {}

    /**
     * Reads a file.
     *
     * @throws InvalidConfigException with every problem of the file; also when there is no such file, or it cannot be
     *     read
     */
    public static LarderConfig load(Path file, Target target) {
        return parse(read(file), file.toString(), target);
    }

    /**
     * Reads a text.
     *
     * @param fileName what problems call the text
     * @throws InvalidConfigException with every problem of the text
     */
    public static LarderConfig parse(String text, String fileName, Target target) {
        Problems problems = new Problems();
        LarderConfig config = YamlText.root(text, problems)
                .flatMap(root -> FileBinder.bind(new Entry("", root, problems), target))
                .orElse(null);
        if (config == null || !problems.all().isEmpty()) {
            throw new InvalidConfigException(fileName, problems.all());
        }
        return config;
    }

    private static String read(Path file) {
        try {
            long bytes = Files.size(file);
            if (bytes > YamlText.MAXIMUM_LENGTH) {
                throw invalid(file, bytes + " bytes", "at most " + YamlText.MAXIMUM_LENGTH + " bytes");
            }
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw invalid(file, "no such file", "a Larder configuration; name another one, or start from the example");
        } catch (CharacterCodingException e) {
            throw invalid(file, "bytes that are not UTF-8", "a text file in UTF-8");
        } catch (IOException e) {
            String found = Files.isDirectory(file) ? "a directory" : "a file that cannot be read (" + e + ")";
            throw invalid(file, found, "a file that can be read");
        }
    }

    private static InvalidConfigException invalid(Path file, String found, String expected) {
        return new InvalidConfigException(file.toString(), List.of(Problem.ofFile(found, expected)));
    }
}
