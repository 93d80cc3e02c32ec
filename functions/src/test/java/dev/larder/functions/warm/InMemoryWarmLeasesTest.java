package dev.larder.functions.warm;

class InMemoryWarmLeasesTest extends WarmLeasesContract {
    private final WarmLeases leases = new InMemoryWarmLeases();

    @Override
    WarmLeases leases() {
        return leases;
    }
}
