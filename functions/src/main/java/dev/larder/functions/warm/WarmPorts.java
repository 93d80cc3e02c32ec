package dev.larder.functions.warm;

import dev.larder.functions.bus.EventBus;
import dev.larder.functions.bus.WarmOrders;
import dev.larder.functions.ecr.ImageCache;
import dev.larder.functions.registry.UpstreamRegistries;
import dev.larder.functions.table.ImageRecords;
import dev.larder.functions.upstream.UpstreamGate;
import dev.larder.functions.upstream.UpstreamHealth;
import dev.larder.functions.upstream.UpstreamPurse;
import java.time.InstantSource;
import java.util.function.DoubleSupplier;

/**
 * What the worker has to do with.
 *
 * @param queue where orders go that are to come later
 * @param random evenly from 0 to 1
 */
public record WarmPorts(
        Upstreams upstreams,
        ImageCache cache,
        ImageRecords records,
        WarmLeases leases,
        TagsOff off,
        UpstreamHealth health,
        UpstreamGate gate,
        UpstreamRegistries registries,
        UpstreamPurse purse,
        TagsAtUpstream tags,
        WarmOrders queue,
        EventBus bus,
        Pause pause,
        DoubleSupplier random,
        InstantSource clock) {}
