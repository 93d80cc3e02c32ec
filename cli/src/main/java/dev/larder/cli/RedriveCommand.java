package dev.larder.cli;

import dev.larder.config.InvalidConfigException;
import dev.larder.config.Names;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

@Command(
        name = "redrive",
        mixinStandardHelpOptions = true,
        description = "Gives dead letters back to the queue that they came from, once what broke them is mended.")
final class RedriveCommand implements Callable<Integer> {
    @Mixin
    private CellOptions cell = new CellOptions();

    @Parameters(
            paramLabel = "QUEUE",
            arity = "0..1",
            description = "as ./larder status lists it: Pulls, CacheEvents, WarmOrders or LifecycleWork (default: all)")
    private @Nullable String queue;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws InvalidConfigException {
        String wanted = queue;
        if (wanted != null && !StatusCommand.QUEUES.contains(wanted)) {
            throw new ParameterException(
                    spec.commandLine(), "there is no queue '" + wanted + "'; there are " + StatusCommand.QUEUES);
        }
        PrintWriter out = spec.commandLine().getOut();
        redrive(cell.open(), wanted == null ? StatusCommand.QUEUES : List.of(wanted), out);
        out.flush();
        return 0;
    }

    /** SQS moves them by itself and to the queue that each came from (API reference, StartMessageMoveTask). */
    static void redrive(OperatedCell operated, List<String> queues, PrintWriter out) {
        for (String queue : queues) {
            String letters = operated.queueUrl(Names.queue(operated.config(), queue) + "-DeadLetters");
            var attributes = operated.sqs()
                    .getQueueAttributes(get -> get.queueUrl(letters)
                            .attributeNames(
                                    QueueAttributeName.QUEUE_ARN, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES))
                    .attributes();
            String count = attributes.getOrDefault(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES, "0");
            if (count.equals("0")) {
                out.println(queue + ": no dead letters");
                continue;
            }
            operated.sqs().startMessageMoveTask(move -> move.sourceArn(attributes.get(QueueAttributeName.QUEUE_ARN)));
            out.println(queue + ": about " + count + " dead letters are going back");
        }
    }
}
