package dev.larder.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.larder.config.InvalidConfigException;
import dev.larder.events.WarmOrder;
import dev.larder.events.WarmReason;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.functions.upstream.UpstreamFunds;
import dev.larder.functions.warm.Upstreams;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long an undone run takes, as {@code larder undo} says beforehand. */
class UndoPaceTest {
    private static final String CONFIG = """
            name: test
            cells:
              - { account: "111122223333", region: eu-central-1 }
            upstreams:
              quay: { registry: quay, budget: { pulls: 80, per: 6h, reserve: 50%, counts: manifests } }
              public: { registry: ecr-public }
            """;
    private static final Digested INDEX = (Digested) ImageReference.parse("quay/app/web@sha256:" + "1".repeat(64));

    @TempDir
    private Path folder = Path.of("");

    @Test
    void anUpstreamThatCannotGiveAllOfItAtOnceIsNamedWithTheTimeThatItTakes()
            throws IOException, InvalidConfigException {
        try (RecordedCell cell = new RecordedCell(folder, CONFIG)) {
            cell.operated
                    .images()
                    .lists(
                            INDEX,
                            Map.of(
                                    new Digest("sha256:" + "2".repeat(64)), Optional.empty(),
                                    new Digest("sha256:" + "3".repeat(64)), Optional.empty()));
            assertEquals(List.of(), lines(cell, 17), "with the two that it lists 20 manifests, and 20 are left");
            assertEquals(
                    List.of(
                            "quay: 60 manifests are to come back, and Larder's share of the upstream's limit brings about 20"
                                    + " in 6 h: they come in 13 h at the earliest. What is needed sooner comes by ./larder warm"
                                    + " IMAGE"),
                    lines(cell, 57));
        }
    }

    /** The index, and so many tags more of each upstream. */
    private static List<String> lines(RecordedCell cell, int more) {
        List<WarmOrder> orders = new ArrayList<>(List.of(undo(INDEX)));
        IntStream.range(0, more).forEach(i -> {
            orders.add(undo(ImageReference.parse("quay/app/web:" + i)));
            orders.add(undo(ImageReference.parse("public/app/web:" + i)));
        });
        return new UndoPace(
                        new Upstreams(cell.operated.config().upstreams()),
                        new UpstreamFunds(cell.operated.upstreams()),
                        cell.operated.images(),
                        RecordedCell.NOW)
                .lines(orders);
    }

    private static WarmOrder undo(ImageReference image) {
        return WarmOrder.atOnce("undo/" + image, image, WarmReason.UNDO, List.of(), false, RecordedCell.NOW);
    }
}
