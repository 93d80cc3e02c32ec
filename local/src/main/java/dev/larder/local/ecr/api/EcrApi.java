package dev.larder.local.ecr.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.events.image.Digest;
import dev.larder.local.aws.AuthorizationTokens;
import dev.larder.local.aws.AwsException;
import dev.larder.local.aws.Caller;
import dev.larder.local.aws.JsonService;
import dev.larder.local.ecr.EcrEvents;
import dev.larder.local.ecr.ImageSource;
import dev.larder.local.ecr.state.EcrRegistry;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * ECR's API. Inputs are validated against AWS's model; each call leaves a CloudTrail record, whether it succeeds or
 * fails. What is not imitated is refused by name. Calls beyond an action's rate are refused; what OCI clients do at the
 * registry does not count, as nobody says how ECR counts it.
 */
public final class EcrApi implements JsonService {
    private final EcrRegistry registry;
    private final EcrEvents events;
    private final Actions actions;
    private final ScanActions scans;
    private final ReplicationActions replication;
    private final Rates rates;

    /**
     * @param images gives what {@code BatchGetImage} asks for
     * @param endpoint the registry endpoint, for instance {@code http://127.0.0.1:4567}
     * @param upstreams checks secrets and upstreams of cache rules
     * @param nanos the time that rates go by, which only goes forward: {@code System::nanoTime}
     */
    public EcrApi(
            EcrRegistry registry,
            ImageSource images,
            EcrEvents events,
            AuthorizationTokens tokens,
            InstantSource clock,
            URI endpoint,
            UpstreamCheck upstreams,
            LongSupplier nanos) {
        this.registry = registry;
        this.events = events;
        scans = new ScanActions(registry, events, clock);
        replication = new ReplicationActions(registry);
        rates = new Rates(nanos);
        actions = Actions.all(registry, images, events, tokens, clock, endpoint, upstreams);
    }

    /**
     * Lets an image's last scan have found something: scans here examine nothing.
     *
     * @param findings {@code ImageScanFindings} of the API
     * @throws AwsException when the image is not there, or the findings are not in the API's shape
     */
    public void setScanFindings(String repository, Digest digest, ObjectNode findings) {
        scans.set(repository, digest, findings);
    }

    /**
     * Lets all copies of an image to other registries be so far: nothing is copied here.
     *
     * @param status {@code ReplicationStatus} of the API
     * @throws AwsException when the image is not there, or the API has no such status
     */
    public void setReplicationStatus(String repository, Digest digest, String status) {
        replication.set(repository, digest, status);
    }

    /** How many calls of an action are taken in a second; an action that is not named is not limited. */
    public Map<String, Double> rates() {
        return rates.all();
    }

    /**
     * Sets how many calls of actions are taken in a second, as AWS does when it adjusts a quota. The others stay.
     *
     * @throws IllegalArgumentException when there is no such action, or a rate is not above 0; then nothing is set
     */
    public void setRates(Map<String, Double> perSecond) {
        perSecond.keySet().stream()
                .filter(action -> actions.find(action).isEmpty())
                .findFirst()
                .ifPresent(unknown -> {
                    throw new IllegalArgumentException("the local cloud does not imitate the ECR action " + unknown
                            + "; it has " + actions.names());
                });
        rates.set(perSecond);
    }

    /** Has the published quotas again, and no other limits. */
    public void resetRates() {
        rates.reset();
    }

    @Override
    public ObjectNode call(String action, ObjectNode input, Caller caller, Via via) {
        Action performed = actions.find(action)
                .orElseThrow(() -> Errors.error(
                        "UnknownOperationException",
                        "the local cloud does not imitate the ECR action " + action + "; it has " + actions.names()));
        Optional<String> error = Optional.empty();
        try {
            if (via == Via.API && !rates.take(action)) {
                throw Errors.throttled();
            }
            Model.ecr().check(action, input);
            checkRegistry(input);
            return performed.perform(new Request(action, input, caller));
        } catch (AwsException e) {
            error = Optional.of(e.code());
            throw e;
        } catch (UncheckedIOException e) {
            AwsException failure = new AwsException(500, "ServerException", String.valueOf(e.getMessage()));
            error = Optional.of(failure.code());
            throw failure;
        } finally {
            record(action, input, caller, via, error);
        }
    }

    /** Only the account's own registry is here. */
    private void checkRegistry(ObjectNode input) {
        String id = input.path("registryId").asText(registry.account());
        if (!id.equals(registry.account())) {
            String repository = input.path("repositoryName").asText("");
            throw Errors.repositoryNotFound(repository, id);
        }
    }

    private void record(String action, ObjectNode input, Caller caller, Via via, Optional<String> error) {
        ObjectNode parameters = input.deepCopy();
        parameters.remove("layerPartBlob");
        events.apiCall(
                caller,
                via,
                action,
                ReadOnly.is(action),
                input.path("repositoryName").asText(""),
                parameters,
                error);
    }
}
