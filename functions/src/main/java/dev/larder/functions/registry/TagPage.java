package dev.larder.functions.registry;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.larder.domain.upstream.FailureKind;
import dev.larder.events.image.Tag;
import java.io.IOException;
import java.util.Set;

/**
 * One page of a list, {@code {"name":"library/nginx","tags":["1","2"]}}. Read token by token: Google's registries send
 * all manifests of the repository along, which may be megabytes.
 */
final class TagPage {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int MOST_BYTES = 32 << 20;

    private TagPage() {}

    /**
     * Adds the page's tags.
     *
     * @return how many of its entries are no tags; they are left out
     */
    static int read(Look look, Answer answer, Set<Tag> into) throws LookFailedException {
        try (JsonParser json = JSON.createParser(answer.body(MOST_BYTES))) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw noList(look, "it is no object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean tags = json.currentName().equals("tags");
                json.nextToken();
                if (tags) {
                    return entries(look, json, into);
                }
                json.skipChildren();
            }
            throw noList(look, "it has no 'tags'");
        } catch (Answer.OversizeException e) {
            throw look.failed(FailureKind.TOO_LARGE, "TagListTooLong", "a page of its list has " + e.getMessage());
        } catch (JacksonException e) {
            throw noList(look, "it is no JSON (" + Shown.text(e.getOriginalMessage()) + ")");
        } catch (IOException e) {
            throw Transport.unanswered(look, answer.from(), e);
        }
    }

    private static int entries(Look look, JsonParser json, Set<Tag> into) throws IOException, LookFailedException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            // docker-registry's list of a repository whose tags were all deleted
            return 0;
        }
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw noList(look, "its 'tags' are no list");
        }
        int others = 0;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() == null) {
                throw noList(look, "it breaks off");
            }
            String text = json.currentToken() == JsonToken.VALUE_STRING ? json.getText() : "";
            json.skipChildren();
            if (Tag.isTag(text)) {
                into.add(new Tag(text));
            } else {
                others++;
            }
        }
        return others;
    }

    private static LookFailedException noList(Look look, String found) {
        return look.failed(FailureKind.BAD_ANSWER, "BadTagList", "its answer is no list of tags: " + found);
    }
}
