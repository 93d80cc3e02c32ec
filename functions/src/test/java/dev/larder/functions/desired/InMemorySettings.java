package dev.larder.functions.desired;

import dev.larder.domain.desired.TagMutability;
import dev.larder.domain.upstream.Failure;
import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.ecr.CacheException;
import dev.larder.functions.ecr.CacheInventory;
import dev.larder.functions.ecr.RepositoryDescription;
import dev.larder.functions.ecr.RepositorySettings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** One repository and its settings; previews are what the test says. */
public final class InMemorySettings implements RepositorySettings {
    static final TagMutability MUTABLE = new TagMutability("MUTABLE", List.of());
    static final String ARN = "arn:aws:ecr:eu-central-1:111122223333:repository/quay/app";

    public final List<Template> templates = new ArrayList<>();
    public final List<String> calls = new ArrayList<>();
    /** How many repositories each call of {@link #describe} was about. */
    public final List<Integer> described = new ArrayList<>();

    public Optional<Current> current = Optional.of(new Current(
            new RepositoryDescription(ARN, MUTABLE, false, Optional.empty()),
            Optional.empty(),
            Optional.empty(),
            Map.of()));
    /** How many looks at a preview find it running. */
    public int runningLooks;
    /** How many looks find the next preview running that is started. */
    public int runningAfterStart;
    /** What the preview of the text that was started ends with; empty for what it would expire. */
    public Optional<Preview> ending = Optional.empty();

    public Set<Digest> expiring = Set.of();
    /** What ECR refuses, by the call's first word. */
    public final Map<String, Failure> refusals = new HashMap<>();

    /** What others do while a call is made, by the call. */
    public Consumer<String> meanwhile = call -> {};

    private Optional<String> started = Optional.empty();

    private void call(String call) {
        calls.add(call);
        meanwhile.accept(call);
        refuse(call);
    }

    private void refuse(String call) {
        Failure refusal = refusals.get(call.replaceFirst(" .*", ""));
        if (refusal != null) {
            throw new CacheException(call, refusal);
        }
    }

    @Override
    public List<Template> templates() {
        return templates;
    }

    @Override
    public List<CacheInventory.Repository> describe(Collection<RepositoryName> repositories) {
        described.add(repositories.size());
        return current.stream()
                .flatMap(has ->
                        repositories.stream().map(name -> new CacheInventory.Repository(name, has.description())))
                .toList();
    }

    @Override
    public Optional<Current> read(RepositoryName repository, RepositoryDescription description) {
        refuse("read");
        return current;
    }

    @Override
    public Optional<String> lifecyclePolicy(RepositoryName repository) {
        return current.orElseThrow().lifecyclePolicy();
    }

    @Override
    public Optional<String> repositoryPolicy(RepositoryName repository) {
        return current.orElseThrow().repositoryPolicy();
    }

    /** Somebody else puts policies; empty for none. */
    public void others(Optional<String> lifecycle, Optional<String> policy) {
        Current now = current.orElseThrow();
        set(
                lifecycle,
                policy,
                now.tags(),
                now.description().tagMutability(),
                now.description().scanOnPush());
    }

    private void set(
            Optional<String> lifecycle,
            Optional<String> policy,
            Map<String, String> tags,
            TagMutability mutability,
            boolean scan) {
        current = Optional.of(new Current(
                new RepositoryDescription(
                        ARN,
                        mutability,
                        scan,
                        current.orElseThrow().description().kmsKey()),
                lifecycle,
                policy,
                tags));
    }

    @Override
    public void putLifecyclePolicy(RepositoryName repository, String text) {
        call("putLifecyclePolicy");
        Current now = current.orElseThrow();
        set(
                Optional.of(text),
                now.repositoryPolicy(),
                now.tags(),
                now.description().tagMutability(),
                now.description().scanOnPush());
    }

    @Override
    public void deleteLifecyclePolicy(RepositoryName repository) {
        call("deleteLifecyclePolicy");
        Current now = current.orElseThrow();
        set(
                Optional.empty(),
                now.repositoryPolicy(),
                now.tags(),
                now.description().tagMutability(),
                now.description().scanOnPush());
    }

    @Override
    public void putRepositoryPolicy(RepositoryName repository, String text) {
        call("putRepositoryPolicy");
        Current now = current.orElseThrow();
        set(
                now.lifecyclePolicy(),
                Optional.of(text),
                now.tags(),
                now.description().tagMutability(),
                now.description().scanOnPush());
    }

    @Override
    public void deleteRepositoryPolicy(RepositoryName repository) {
        call("deleteRepositoryPolicy");
        Current now = current.orElseThrow();
        set(
                now.lifecyclePolicy(),
                Optional.empty(),
                now.tags(),
                now.description().tagMutability(),
                now.description().scanOnPush());
    }

    @Override
    public void addTags(String arn, Map<String, String> added) {
        call("addTags " + new TreeMap<>(added));
        Current now = current.orElseThrow();
        Map<String, String> tags = new HashMap<>(now.tags());
        tags.putAll(added);
        set(
                now.lifecyclePolicy(),
                now.repositoryPolicy(),
                tags,
                now.description().tagMutability(),
                now.description().scanOnPush());
    }

    @Override
    public void putScanOnPush(RepositoryName repository, boolean scan) {
        call("putScanOnPush " + scan);
        Current now = current.orElseThrow();
        set(
                now.lifecyclePolicy(),
                now.repositoryPolicy(),
                now.tags(),
                now.description().tagMutability(),
                scan);
    }

    @Override
    public void putTagMutability(RepositoryName repository, TagMutability mutability) {
        call("putTagMutability " + mutability);
        Current now = current.orElseThrow();
        set(
                now.lifecyclePolicy(),
                now.repositoryPolicy(),
                now.tags(),
                mutability,
                now.description().scanOnPush());
    }

    @Override
    public boolean startPreview(RepositoryName repository, String text) {
        call("startPreview");
        if (runningLooks > 0 && started.isPresent()) {
            return false;
        }
        started = Optional.of(text);
        runningLooks = Math.max(runningLooks, runningAfterStart);
        runningAfterStart = 0;
        return true;
    }

    /** Somebody else's preview, which is running. */
    public void othersPreview(String text, int looks) {
        started = Optional.of(text);
        runningLooks = looks;
    }

    @Override
    public Preview preview(RepositoryName repository) {
        call("preview");
        return runningLooks-- > 0
                ? new Preview.Running()
                : ending.orElseGet(() -> new Preview.Complete(started.orElseThrow(), expiring));
    }
}
