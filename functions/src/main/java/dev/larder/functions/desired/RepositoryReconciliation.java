package dev.larder.functions.desired;

import dev.larder.config.CachedRepositories;
import dev.larder.domain.desired.Drift;
import dev.larder.domain.desired.PlainSettings;
import dev.larder.domain.desired.RepositoryPolicies;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.ecr.CacheInventory;
import dev.larder.functions.ecr.RepositoryDescription;
import dev.larder.functions.ecr.RepositorySettings;
import dev.larder.functions.ecr.RepositorySettings.Current;
import dev.larder.functions.ecr.RepositorySettings.Template;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * {@link Reconciliation} with what ECR's creation template says: the one with the longest prefix is what a new repository
 * gets, and so what an old one should have. Whether images are scanned, which a template cannot say, is in its tag {@code
 * larder:scan-on-push}, and that the file names the template's mutability is in {@code larder:tag-mutability}.
 */
public final class RepositoryReconciliation implements Reconciliation {
    /** How a sweep waits for a preview: half a minute, so that it still ends in time behind this repository. */
    public static final List<Duration> PATIENT = seconds(1, 2, 4, 8, 15);

    /** How a function waits that has little time. */
    public static final List<Duration> BRIEF = seconds(1, 2, 4);

    /** Characters (ECR's API model, RepositoryPolicyText). */
    private static final int LONGEST_POLICY = 10_240;

    private final RepositorySettings settings;
    private final Templates templates;
    private final LifecycleRepair lifecycle;
    private final PolicyPreview previews;

    /**
     * Takes the ports.
     *
     * @param off why nothing may be deleted now; absent when it may. That it throws counts as off
     * @param pauses between the looks at a preview
     * @param pause waits
     */
    public RepositoryReconciliation(
            RepositorySettings settings,
            Guards guards,
            Supplier<Optional<String>> off,
            List<Duration> pauses,
            Consumer<Duration> pause,
            InstantSource clock) {
        this.settings = settings;
        this.templates = new Templates(settings, clock);
        this.lifecycle = new LifecycleRepair(settings, guards, off);
        this.previews = new PolicyPreview(settings, pauses, pause);
    }

    private static List<Duration> seconds(int... numbers) {
        return java.util.Arrays.stream(numbers).mapToObj(Duration::ofSeconds).toList();
    }

    @Override
    public List<Drift> reconcile(CacheInventory.Repository repository, boolean repair) {
        return reconcile(repository, repair ? Optional.of(previews::of) : Optional.empty(), false);
    }

    /** The same, for whoever knows the name only. */
    public List<Drift> reconcile(RepositoryName name, boolean repair) {
        return described(List.of(name)).stream()
                .flatMap(repository -> reconcile(repository, repair).stream())
                .toList();
    }

    /**
     * The same with repair, of one that is new: while evictions are switched off, rules of Larder's that its template gave it
     * are taken out. The first sweep after the switch is on puts them.
     */
    public List<Drift> reconcileNew(RepositoryName name) {
        return described(List.of(name)).stream()
                .flatMap(repository -> reconcile(repository, Optional.of(previews::of), true).stream())
                .toList();
    }

    /** Those that should be compared: they have a template, and are not gone. */
    public List<CacheInventory.Repository> described(List<RepositoryName> names) {
        List<RepositoryName> wanted =
                names.stream().filter(name -> templates.of(name).isPresent()).toList();
        return wanted.isEmpty() ? List.of() : settings.describe(wanted);
    }

    /**
     * Repairs a repository whose lifecycle policy's preview was seen running a short while ago: one that is complete by now
     * is not begun anew.
     */
    public List<Drift> lookAgain(RepositoryName name) {
        return described(List.of(name)).stream()
                .flatMap(repository -> reconcile(repository, Optional.of(previews::seenRunning), false).stream())
                .toList();
    }

    private List<Drift> reconcile(
            CacheInventory.Repository repository, Optional<LifecycleRepair.Previews> asked, boolean isNew) {
        Optional<Template> template = templates.of(repository.name());
        Optional<Current> current = template.flatMap(any -> settings.read(repository.name(), repository.description()));
        if (template.isEmpty() || current.isEmpty()) {
            return List.of();
        }
        return compare(repository.name(), current.get(), template.get(), asked, isNew);
    }

    private List<Drift> compare(
            RepositoryName name,
            Current current,
            Template template,
            Optional<LifecycleRepair.Previews> asked,
            boolean isNew) {
        boolean repair = asked.isPresent();
        RepositoryDescription has = current.description();
        Map<String, String> tags = PlainSettings.missingTags(current.tags(), template.tags());
        Optional<Boolean> scan = Optional.ofNullable(template.tags().get(CachedRepositories.SCAN_ON_PUSH_TAG))
                .map(Boolean::parseBoolean);
        List<Drift> drifts = new ArrayList<>();
        PlainSettings.tags(current.tags(), template.tags())
                .forEach(drift -> drifts.add(Repairs.one(drift, repair, () -> settings.addTags(has.arn(), tags))));
        PlainSettings.scanOnPush(has.scanOnPush(), scan)
                .map(drift -> Repairs.one(drift, repair, () -> settings.putScanOnPush(name, scan.orElseThrow())))
                .ifPresent(drifts::add);
        PlainSettings.tagMutability(
                        has.tagMutability(),
                        template.tagMutability(),
                        template.tags().containsKey(CachedRepositories.TAG_MUTABILITY_TAG))
                .map(drift ->
                        Repairs.one(drift, repair, () -> settings.putTagMutability(name, template.tagMutability())))
                .ifPresent(drifts::add);
        PlainSettings.encryption(has.kmsKey(), template.kmsKey()).ifPresent(drifts::add);
        drifts.addAll(policy(name, current, template, repair));
        drifts.addAll(
                isNew
                        ? lifecycle.repairNew(name, current, template, asked)
                        : lifecycle.repair(name, current, template.lifecyclePolicy(), asked));
        return drifts;
    }

    private List<Drift> policy(RepositoryName name, Current current, Template template, boolean repair) {
        return MergedPolicy.of(
                        current.repositoryPolicy(),
                        template.repositoryPolicy(),
                        RepositoryPolicies::merge,
                        LONGEST_POLICY)
                .drifts(drift -> repair ? put(name, drift) : drift.drift());
    }

    private Drift put(RepositoryName name, MergedPolicy.Repairable policy) {
        return Repairs.policy(policy, () -> settings.repositoryPolicy(name), Optional::empty, () -> {
            if (policy.text().isEmpty()) {
                settings.deleteRepositoryPolicy(name);
            } else {
                settings.putRepositoryPolicy(name, policy.text());
            }
        });
    }
}
