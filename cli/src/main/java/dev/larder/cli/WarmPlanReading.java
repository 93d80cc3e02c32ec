package dev.larder.cli;

import dev.larder.cli.WarmPlanLine.Budget;
import dev.larder.cli.WarmPlanLine.Image;
import dev.larder.cli.WarmPlanLine.Left;
import dev.larder.cli.WarmPlanLine.Note;
import dev.larder.cli.WarmPlanLine.Order;
import dev.larder.cli.WarmPlanLine.PinnedNotWarm;
import dev.larder.cli.WarmPlanLine.Total;
import dev.larder.config.Upstream;
import dev.larder.domain.warming.Candidate;
import dev.larder.domain.warming.Price;
import dev.larder.domain.warming.WarmPlan;
import dev.larder.events.WarmReason;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.planning.PlanningPorts;
import dev.larder.functions.planning.WarmPlanning;
import dev.larder.functions.warm.Upstreams;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Plans what a cell would warm now, by the planner's own code, and spends, orders and writes nothing. */
final class WarmPlanReading {
    private final OperatedCell cell;
    private final Upstreams upstreams;
    private final PlanningPorts ports;
    private final Instant now;

    WarmPlanReading(OperatedCell cell) {
        this.cell = cell;
        this.upstreams = new Upstreams(cell.config().upstreams());
        this.ports = cell.planning();
        this.now = cell.now();
    }

    /**
     * What is shown of a plan.
     *
     * @param reason only images that are warmed for it; absent for all
     * @param prefix only this upstream and its images; absent for all
     */
    record Choice(Optional<WarmReason> reason, Optional<String> prefix) {
        private boolean has(Image image) {
            return has(image.upstream())
                    && reason.filter(wanted -> wanted != image.candidate().reason())
                            .isEmpty();
        }

        private boolean has(String upstream) {
            return prefix.filter(wanted -> !wanted.equals(upstream)).isEmpty();
        }
    }

    /** The plan as it is shown. */
    record Shown(
            List<Order> orders,
            List<Left> left,
            List<Budget> upstreams,
            Total total,
            List<PinnedNotWarm> pinned,
            List<Note> notes) {
        /** All of it, one after the other. */
        List<WarmPlanLine> lines() {
            return List.of(orders, left, upstreams, List.of(total), pinned, notes).stream()
                    .<WarmPlanLine>flatMap(Collection::stream)
                    .toList();
        }
    }

    Shown of(Choice choice) {
        WarmPlanning.Planned planned = new WarmPlanning(upstreams, cell.warm(), ports).plan(now);
        WarmPlan plan = planned.plan();
        List<Order> orders = plan.orders().stream()
                .map(this::image)
                .filter(choice::has)
                .map(Order::new)
                .toList();
        List<Left> left = plan.left().stream()
                .map(waiting -> new Left(image(waiting.candidate()), waiting.reason()))
                .filter(waiting -> choice.has(waiting.image()))
                .toList();
        return new Shown(
                orders,
                left,
                cell.config().upstreams().stream()
                        .filter(upstream -> choice.has(upstream.prefix()))
                        .map(upstream -> budget(upstream, plan))
                        .toList(),
                total(orders, left.size()),
                planned.pinnedNotWarm().entrySet().stream()
                        .filter(pin -> choice.reason()
                                        .filter(wanted -> wanted != WarmReason.PINNED)
                                        .isEmpty()
                                && choice.has(prefix(repository(pin.getKey()))))
                        .map(pin -> new PinnedNotWarm(pin.getKey(), pin.getValue()))
                        .sorted((one, other) -> one.image().compareTo(other.image()))
                        .toList(),
                planned.notes().stream().map(Note::new).toList());
    }

    private Budget budget(Upstream upstream, WarmPlan plan) {
        List<Candidate> own = plan.orders().stream()
                .filter(candidate -> prefix(candidate.image()).equals(upstream.prefix()))
                .toList();
        return new Budget(
                FundsView.of(upstream, ports.states().of(upstream.prefix()), now),
                own.size(),
                own.stream().mapToLong(candidate -> candidate.price().tokens()).sum());
    }

    private Total total(List<Order> orders, int left) {
        double saves = 0;
        Price sum = new Price(0, 0, 0, 0, 0, false);
        for (Order order : orders) {
            Price price = order.image().candidate().price();
            saves += order.image().candidate().saves();
            sum = new Price(
                    sum.tokens() + price.tokens(),
                    sum.most() + price.most(),
                    sum.requests() + price.requests(),
                    sum.bytes() + price.bytes(),
                    sum.mostBytes() + price.mostBytes(),
                    sum.guessed() || price.guessed());
        }
        return new Total(
                orders.size(),
                left,
                saves,
                sum,
                ports.bytes().of(now),
                cell.config().warm().limits().bytesPerDay());
    }

    private Image image(Candidate candidate) {
        return new Image(candidate, prefix(candidate.image()), now);
    }

    /** A pin is an image, or a pattern of tags as the file has it. */
    private static RepositoryName repository(String pin) {
        return new RepositoryName(pin.split("[:@]", 2)[0]);
    }

    private String prefix(ImageReference image) {
        return prefix(image.repository());
    }

    /** Nothing is planned of what is under no upstream. */
    private String prefix(RepositoryName repository) {
        return upstreams.of(repository).map(Upstream::prefix).orElse("");
    }
}
