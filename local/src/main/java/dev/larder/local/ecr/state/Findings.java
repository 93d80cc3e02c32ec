package dev.larder.local.ecr.state;

import dev.larder.events.image.Digest;
import java.time.Instant;
import java.util.Optional;

/** The last scan of each image. */
public final class Findings {
    private final Metadata metadata;
    private final Table<Scan> scans;

    Findings(Metadata metadata) {
        this.metadata = metadata;
        scans = metadata.table("scans", Scan.class);
    }

    /** The image's last scan. */
    public Optional<Scan> find(String repository, Digest digest) {
        return metadata.read(() -> scans.get(repository, digest.value()));
    }

    /** Sets the image's last scan. */
    public void put(String repository, Digest digest, Scan scan) {
        metadata.write(() -> scans.put(scan, repository, digest.value()));
    }

    void remove(String repository, Digest digest) {
        metadata.write(() -> scans.remove(repository, digest.value()));
    }

    /**
     * A scan.
     *
     * @param status {@code ScanStatus} of the API
     * @param findings {@code ImageScanFindings} of the API, as JSON text
     */
    public record Scan(String status, Instant at, String findings) {}
}
