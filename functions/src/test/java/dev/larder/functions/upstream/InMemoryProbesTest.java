package dev.larder.functions.upstream;

class InMemoryProbesTest extends ProbesContract {
    private final Probes probes = new InMemoryProbes();

    @Override
    Probes probes() {
        return probes;
    }
}
