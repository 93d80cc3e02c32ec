package dev.larder.local.programs;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** A file system of a few megabytes, to be filled. It takes root on Linux to mount one. */
public final class SmallDisk {
    private static final int CHUNK_BYTES = 4096;

    private final Path folder;
    private final Path ballast;

    private SmallDisk(Path folder) {
        this.folder = folder;
        ballast = folder.resolve("ballast");
    }

    /** Mounts one, or skips the test and says why. */
    public static SmallDisk mount(Path folder, int megabytes) throws IOException, InterruptedException {
        Optional<String> obstacle = obstacle(folder, megabytes);
        obstacle.ifPresent(reason -> System.err.println("skipped: a disk to fill: " + reason));
        Assumptions.assumeTrue(obstacle.isEmpty(), () -> obstacle.orElse(""));
        return new SmallDisk(folder);
    }

    private static Optional<String> obstacle(Path folder, int megabytes) throws IOException, InterruptedException {
        if (!System.getProperty("os.name").equals("Linux")) {
            return Optional.of("tmpfs is Linux's, this is " + System.getProperty("os.name"));
        }
        if (!System.getProperty("user.name").equals("root")) {
            return Optional.of("only root can mount one; run the test as root");
        }
        Files.createDirectories(folder);
        Program.Outcome mounted =
                Program.run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", folder.toString());
        return mounted.exit() == 0 ? Optional.empty() : Optional.of("could not mount one: " + mounted.output());
    }

    /** Where it is. */
    public Path folder() {
        return folder;
    }

    /** Fills it until fewer bytes than this are left; 0 for the very last. */
    public void fill(long left) {
        try (OutputStream to = Files.newOutputStream(ballast)) {
            FileStore store = Files.getFileStore(folder);
            while (store.getUsableSpace() > Math.max(left, 0)) {
                to.write(new byte[CHUNK_BYTES]);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives the space back. */
    public void free() {
        try {
            Files.delete(ballast);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes it away; nothing may be open on it. */
    public void unmount() throws IOException, InterruptedException {
        Program.succeed("umount", folder.toString());
    }
}
