package dev.larder.events;

import dev.larder.events.image.Digest;
import dev.larder.events.image.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The {@code imageIds} of a call, sorted into those that name an image and those that cannot. ECR's model has the failure
 * codes {@code InvalidImageTag}, {@code InvalidImageDigest} and {@code MissingDigestAndTag} per image, in an answer that
 * is no error: such ids are a caller's mistake and no damage to the record.
 *
 * @param invalid what was wrong, one line an id
 */
record ImageIds(List<ImageId> valid, List<String> invalid) {
    static ImageIds parse(JsonObject parameters) throws MalformedEventException {
        List<ImageId> valid = new ArrayList<>();
        List<String> invalid = new ArrayList<>();
        for (JsonObject id : parameters.objects("imageIds")) {
            Optional<String> tag = id.optionalText("imageTag");
            Optional<String> digest = id.optionalText("imageDigest");
            try {
                valid.add(new ImageId(tag.map(Tag::new), digest.map(Digest::new)));
            } catch (IllegalArgumentException refused) {
                invalid.add(id.path() + ": " + refused.getMessage());
            }
        }
        if (valid.isEmpty() && invalid.isEmpty()) {
            throw parameters.wrong(
                    "imageIds", parameters.members().get("imageIds"), "an array of at least one imageId");
        }
        return new ImageIds(List.copyOf(valid), List.copyOf(invalid));
    }

    Ignored ignored(String call) {
        return new Ignored(call + " names no image: " + String.join(", ", invalid));
    }
}
