package dev.larder.cli;

import dev.larder.config.Upstream;
import dev.larder.domain.upstream.TokenBucket;
import dev.larder.domain.usage.Tagging;
import dev.larder.events.WarmOrder;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.table.ImageRecords;
import dev.larder.functions.upstream.Tariffs;
import dev.larder.functions.upstream.UpstreamFunds;
import dev.larder.functions.warm.Upstreams;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How long it takes at least until undone evictions are back, where that is more than their upstreams' budgets hold now: ECR
 * imports an index with all that it lists.
 */
record UndoPace(Upstreams upstreams, UpstreamFunds funds, ImageRecords records, Instant now) {
    /** A line for each upstream that is not done at once. */
    List<String> lines(List<WarmOrder> orders) {
        Map<RepositoryName, Tagging> read = new HashMap<>();
        Map<Upstream, Integer> manifests = orders.stream()
                .filter(order -> upstreams.of(order.image().repository()).isPresent())
                .collect(Collectors.groupingBy(
                        order -> upstreams.of(order.image().repository()).orElseThrow(),
                        Collectors.summingInt(order -> manifests(order, read))));
        return manifests.entrySet().stream()
                .flatMap(each -> funds.of(each.getKey(), now).bucket().stream()
                        .flatMap(bucket -> line(each.getKey(), each.getValue(), bucket.at(now)).stream()))
                .sorted()
                .toList();
    }

    private static List<String> line(Upstream upstream, int manifests, TokenBucket bucket) {
        double missing = Tariffs.of(upstream).importing(manifests, 0) - bucket.tokens();
        if (missing <= 0) {
            return List.of();
        }
        String rest = bucket.refill() <= 0
                ? ", and Larder's share of the upstream's limit is nothing: they wait until its reserve leaves something"
                : ", and Larder's share of the upstream's limit brings about " + (long) Math.floor(bucket.refill())
                        + " in " + Ages.rough(bucket.window()) + ": they come in "
                        + Ages.rough(time(missing, bucket)) + " at the earliest";
        return List.of(upstream.prefix() + ": " + manifests + " manifests are to come back" + rest
                + ". What is needed sooner comes by ./larder warm IMAGE");
    }

    private static Duration time(double missing, TokenBucket bucket) {
        return Duration.ofSeconds(
                (long) Math.ceil(missing / bucket.refill() * bucket.window().toSeconds()));
    }

    private int manifests(WarmOrder order, Map<RepositoryName, Tagging> read) {
        return order.image() instanceof Digested image
                ? 1
                        + read.computeIfAbsent(image.repository(), records::tagging)
                                .childrenOf(image.digest())
                                .size()
                : 1;
    }
}
