package dev.larder.local.ecr.api;

import dev.larder.local.aws.AuthorizationTokens;
import dev.larder.local.ecr.EcrEvents;
import dev.larder.local.ecr.ImageSource;
import dev.larder.local.ecr.state.EcrRegistry;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Every action that is imitated, by its name. */
final class Actions {
    private final Map<String, Action> byName;

    private Actions(Map<String, Action> byName) {
        this.byName = byName;
    }

    static Actions all(
            EcrRegistry registry,
            ImageSource images,
            EcrEvents events,
            AuthorizationTokens tokens,
            InstantSource clock,
            URI endpoint,
            UpstreamCheck upstreams) {
        Map<String, Action> byName = new TreeMap<>();
        List.of(
                        new RepositoryActions(registry, clock, endpoint).actions(),
                        new PolicyActions(registry).actions(),
                        new ImageQueries(registry).actions(),
                        new ImageReads(registry, images, clock).actions(),
                        new ImageDeletion(registry, events).actions(),
                        new ImagePush(registry, events, clock).actions(),
                        new LayerActions(registry, endpoint).actions(),
                        new UploadActions(registry, clock).actions(),
                        new CacheRuleActions(registry, clock, upstreams).actions(),
                        new TemplateActions(registry, clock).actions(),
                        new LifecycleActions(registry, events, clock).actions(),
                        new StorageClassActions(registry, events, clock).actions(),
                        new TagActions(registry).actions(),
                        new ExclusionActions(registry, clock).actions(),
                        new ReferrerActions(registry, images).actions(),
                        new ScanningActions(registry).actions(),
                        new ScanActions(registry, events, clock).actions(),
                        new ReplicationActions(registry).actions(),
                        new RegistryActions(registry, tokens, endpoint).actions())
                .forEach(byName::putAll);
        return new Actions(byName);
    }

    Optional<Action> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    Set<String> names() {
        return byName.keySet();
    }
}
