package dev.larder.local.ecr.state;

import dev.larder.events.image.Digest;
import dev.larder.local.oci.Descriptor;
import dev.larder.local.oci.Manifest;
import java.util.List;

/** Who refers to what: indexes to their children, referrers to their subjects, images to their blobs. */
final class Links {
    private final Index parents;
    private final Index referrers;
    private final Index layers;
    private final Index blobUsers;

    Links(Metadata metadata) {
        parents = metadata.index("parents");
        referrers = metadata.index("referrers");
        layers = metadata.index("layers");
        blobUsers = metadata.index("blobUsers");
    }

    void add(String repository, Manifest manifest) {
        String by = manifest.digest().value();
        for (Descriptor child : manifest.children()) {
            parents.add(repository, child.digest().value(), by);
        }
        manifest.subject().ifPresent(subject -> referrers.add(repository, subject.value(), by));
        for (Descriptor blob : manifest.blobs()) {
            layers.add(repository, blob.digest().value(), by);
            blobUsers.add(blob.digest().value(), repository, by);
        }
    }

    void remove(String repository, Manifest manifest) {
        String by = manifest.digest().value();
        for (Descriptor child : manifest.children()) {
            parents.remove(repository, child.digest().value(), by);
        }
        manifest.subject().ifPresent(subject -> referrers.remove(repository, subject.value(), by));
        for (Descriptor blob : manifest.blobs()) {
            layers.remove(repository, blob.digest().value(), by);
            blobUsers.remove(blob.digest().value(), repository, by);
        }
    }

    List<Digest> parents(String repository, Digest child) {
        return digests(parents.under(repository, child.value()));
    }

    List<Digest> referrers(String repository, Digest subject) {
        return digests(referrers.under(repository, subject.value()));
    }

    boolean hasLayer(String repository, Digest layer) {
        return layers.hasUnder(repository, layer.value());
    }

    boolean isUsed(Digest blob) {
        return blobUsers.hasUnder(blob.value());
    }

    private static List<Digest> digests(List<String> values) {
        return values.stream().map(Digest::new).toList();
    }
}
