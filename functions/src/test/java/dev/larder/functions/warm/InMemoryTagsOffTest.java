package dev.larder.functions.warm;

class InMemoryTagsOffTest extends TagsOffContract {
    private final TagsOff tags = new InMemoryTagsOff();

    @Override
    TagsOff tags() {
        return tags;
    }
}
