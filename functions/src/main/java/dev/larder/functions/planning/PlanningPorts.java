package dev.larder.functions.planning;

import dev.larder.functions.table.ImageRecords;
import dev.larder.functions.upstream.UpstreamStates;
import dev.larder.functions.warm.WarmLeases;

/**
 * What the planner has to do with.
 *
 * @param wanted what is wanted whatever the pulls
 * @param bytes of the day
 */
public record PlanningPorts(
        Demands demands,
        WantedImages wanted,
        SightingStore sightings,
        ImageRecords records,
        UpstreamStates states,
        WarmLeases leases,
        PlannedOrders planned,
        DayBytes bytes) {}
