package dev.larder.functions.upstream;

class InMemoryUpstreamStatesTest extends UpstreamStatesContract {
    private final UpstreamStates states = new InMemoryUpstreamStates();

    @Override
    UpstreamStates states() {
        return states;
    }
}
