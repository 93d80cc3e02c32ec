package dev.larder.config;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Platforms as {@code os/architecture} or {@code os/architecture/variant}, in the words of Go's {@code GOOS} and
 * {@code GOARCH}, which the OCI image specification names as the values. Source: Go's {@code internal/syslist}.
 */
final class Platforms {
    private static final List<String> SYSTEMS = List.of(
            "aix",
            "android",
            "darwin",
            "dragonfly",
            "freebsd",
            "hurd",
            "illumos",
            "ios",
            "js",
            "linux",
            "nacl",
            "netbsd",
            "openbsd",
            "plan9",
            "solaris",
            "wasip1",
            "windows",
            "zos");
    private static final List<String> ARCHITECTURES = List.of(
            "386",
            "amd64",
            "amd64p32",
            "arm",
            "arm64",
            "arm64be",
            "armbe",
            "loong64",
            "mips",
            "mips64",
            "mips64le",
            "mips64p32",
            "mips64p32le",
            "mipsle",
            "ppc",
            "ppc64",
            "ppc64le",
            "riscv",
            "riscv64",
            "s390",
            "s390x",
            "sparc",
            "sparc64",
            "wasm");
    private static final Pattern VARIANT = Pattern.compile("[a-z0-9][a-z0-9.]{0,15}");

    private Platforms() {}

    static String read(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length < 2 || parts.length > 3) {
            throw new UnexpectedText("os/architecture, such as linux/amd64 or linux/arm/v7");
        }
        known("an operating system of Go's list, such as linux or windows", parts[0], SYSTEMS);
        known("an architecture of Go's list, such as amd64 or arm64", parts[1], ARCHITECTURES);
        if (parts.length == 3 && !VARIANT.matcher(parts[2]).matches()) {
            throw new UnexpectedText("a variant such as v7 after the second slash");
        }
        return text;
    }

    private static void known(String kind, String word, List<String> known) {
        if (!known.contains(word)) {
            String hint = Suggestion.of(word, known)
                    .map(near -> "; did you mean " + near + "?")
                    .orElse("");
            throw new UnexpectedText(kind + hint);
        }
    }
}
