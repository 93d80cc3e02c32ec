package dev.larder.functions.objections;

import dev.larder.config.UpstreamSettings;
import dev.larder.functions.AwsClients;
import dev.larder.functions.lifecycle.KnownObjections;
import dev.larder.functions.lifecycle.Objections;
import dev.larder.functions.registry.HttpUpstreamRegistries;
import dev.larder.functions.registry.SecretsManagerCredentials;
import dev.larder.functions.registry.UpstreamRegistries;
import dev.larder.functions.table.Table;
import dev.larder.functions.upstream.DynamoDbProbes;
import dev.larder.functions.upstream.DynamoDbUpstreamStates;
import dev.larder.functions.upstream.FundsPurse;
import dev.larder.functions.upstream.UpstreamGate;
import dev.larder.functions.upstream.UpstreamHealth;
import dev.larder.functions.upstream.UpstreamStates;
import dev.larder.functions.warm.Upstreams;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ecr.EcrClient;

/** The objections of a function, the cheapest first: two of ECR's API, and requests to upstreams. */
public final class ObjectionsWiring {
    private ObjectionsWiring() {}

    /** The real ones, from the environment. */
    public static Objections of(Map<String, String> environment, Table table, EcrClient ecr, InstantSource clock) {
        return of(
                new Upstreams(UpstreamSettings.fromEnvironment(environment)),
                new HttpUpstreamRegistries(new SecretsManagerCredentials(AwsClients.secretsManager(), clock)),
                table,
                ecr,
                clock);
    }

    /** What is left of them in the table. */
    public static KnownObjections known(Upstreams upstreams, Table table, InstantSource clock) {
        UpstreamAnswers answers = new DynamoDbUpstreamAnswers(table);
        return repository -> HeldAtUpstream.knownToBeGone(answers, upstreams, repository, clock.instant());
    }

    /** With given upstreams. */
    public static Objections of(
            Upstreams upstreams, UpstreamRegistries registries, Table table, EcrClient ecr, InstantSource clock) {
        UpstreamStates states = new DynamoDbUpstreamStates(table);
        UpstreamHealth health = new UpstreamHealth(states);
        UpstreamQuestions questions = new UpstreamQuestions(
                registries,
                new UpstreamGate(health, new DynamoDbProbes(table), clock),
                health,
                new FundsPurse(states),
                clock);
        return new CheapestFirst(List.of(
                new EcrReplication(ecr, clock),
                new EcrFindings(ecr, clock),
                new HeldAtUpstream(upstreams, questions, new DynamoDbUpstreamAnswers(table), clock)));
    }
}
