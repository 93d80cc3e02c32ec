package dev.larder.functions.lifecycle;

class InMemoryRunsAndTombstonesTest extends RunsAndTombstonesContract {
    private final Runs runs = new InMemoryRuns();
    private final Tombstones tombstones = new InMemoryTombstones();

    @Override
    Runs runs() {
        return runs;
    }

    @Override
    Tombstones tombstones() {
        return tombstones;
    }
}
