package dev.larder.cli;

import dev.larder.config.InvalidConfigException;
import dev.larder.config.Names;
import dev.larder.config.Upstream;
import dev.larder.functions.lifecycle.Run;
import dev.larder.functions.upstream.UpstreamState;
import dev.larder.functions.warm.Upstreams;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description =
                "Upstreams with their rules, circuits and budgets, pinned images that are not warm, queues with their dead letters, whether every pull is"
                        + " recorded, the last sweep, and whether evictions are switched off.")
final class StatusCommand implements Callable<Integer> {
    static final List<String> QUEUES = List.of("Pulls", "CacheEvents", "WarmOrders", "LifecycleWork");

    @Mixin
    private CellOptions cell = new CellOptions();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws InvalidConfigException {
        OperatedCell operated = cell.open();
        var out = spec.commandLine().getOut();
        out.println(operated.config().name() + " in " + operated.cell());
        out.println();
        RuleStatus rules =
                new RuleStatus(operated.ruleChecks(), operated.config().upstreams(), operated.now());
        out.println(upstreams(operated, rules));
        rules.print(out);
        new PinStatus(new Upstreams(operated.config().upstreams()), operated.planning(), operated.now()).print(out);
        out.println(queues(operated));
        new RecordStatus(
                        operated.usage().state(),
                        operated.usage().checked(),
                        operated.config().upstreams(),
                        operated.now())
                .print(out);
        out.println();
        out.println("last sweep: "
                + operated.runs()
                        .last()
                        .map(run -> Ages.of(Optional.of(run.startedAt()), operated.now()) + ", " + RunView.mode(run)
                                + ", "
                                + (run.phase() == Run.Phase.DONE
                                        ? RunView.counts(run)
                                        : run.phase().text())
                                + run.stopped().map(why -> "; stopped: " + why).orElse(""))
                        .orElse("none yet"));
        operated.killSwitch().off().ifPresent(why -> out.println("evictions are OFF: " + why));
        out.flush();
        return 0;
    }

    private static TextTable upstreams(OperatedCell operated, RuleStatus rules) {
        TextTable table = new TextTable("UPSTREAM", "HOST", "RULE", "CIRCUIT", "PULLS LEFT", "LIMIT", "LAST FAILURE");
        Instant now = operated.now();
        for (Upstream upstream : operated.config().upstreams()) {
            UpstreamState state = operated.upstreams().of(upstream.prefix());
            FundsView funds = FundsView.of(upstream, state, now);
            table.row(
                    upstream.prefix(),
                    upstream.url(),
                    rules.word(upstream),
                    funds.circuit(),
                    funds.left(),
                    funds.limits(),
                    state.lastFailureCode()
                            .map(code -> code + " " + Ages.of(state.lastFailureAt(), now))
                            .orElse("none"));
        }
        return table;
    }

    private static TextTable queues(OperatedCell operated) {
        TextTable table = new TextTable("QUEUE", "WAITING", "DEAD LETTERS");
        for (String queue : QUEUES) {
            String name = Names.queue(operated.config(), queue);
            table.row(queue, messages(operated, name), messages(operated, name + "-DeadLetters"));
        }
        return table;
    }

    private static String messages(OperatedCell operated, String queue) {
        return operated.sqs()
                .getQueueAttributes(get -> get.queueUrl(operated.queueUrl(queue))
                        .attributeNames(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES))
                .attributes()
                .getOrDefault(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES, "?");
    }
}
