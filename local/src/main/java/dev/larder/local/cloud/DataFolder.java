package dev.larder.local.cloud;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The folder under which a cloud keeps everything; one cloud at a time. A temporary one goes when the cloud stops. */
final class DataFolder implements AutoCloseable {
    private final Path path;
    private final boolean lasting;
    private final FileChannel lockFile;

    private DataFolder(Path path, boolean lasting, FileChannel lockFile) {
        this.path = path;
        this.lasting = lasting;
        this.lockFile = lockFile;
    }

    static DataFolder open(Optional<Path> wanted) throws IOException {
        Path path = wanted.isPresent() ? wanted.get().toAbsolutePath() : Files.createTempDirectory("larder");
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw new IOException(path + " is not a folder. Give a folder, or one that shall be made, with --data.");
        }
        Files.createDirectories(path);
        FileChannel channel =
                FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (lock(channel) == null) {
            channel.close();
            throw new IOException("the data folder " + path
                    + " is in use by another local cloud. Stop that one, or give another folder with --data.");
        }
        return new DataFolder(path, wanted.isPresent(), channel);
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    Path resolve(String name) {
        return path.resolve(name);
    }

    Path path() {
        return path;
    }

    boolean isLasting() {
        return lasting;
    }

    @Override
    public void close() throws IOException {
        lockFile.close();
        if (lasting) {
            return;
        }
        List<Path> all;
        try (Stream<Path> walk = Files.walk(path)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : all) {
            Files.deleteIfExists(file);
        }
    }
}
