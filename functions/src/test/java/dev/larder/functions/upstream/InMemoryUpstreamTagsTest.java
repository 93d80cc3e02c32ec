package dev.larder.functions.upstream;

class InMemoryUpstreamTagsTest extends UpstreamTagsContract {
    private final UpstreamTags tags = new InMemoryUpstreamTags();

    @Override
    UpstreamTags tags() {
        return tags;
    }
}
