package dev.larder.functions.desired;

import dev.larder.events.image.RepositoryName;
import dev.larder.functions.ecr.RepositorySettings;
import dev.larder.functions.ecr.RepositorySettings.Preview;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Asks ECR what a lifecycle policy would do now, and waits for the answer, for some time. */
final class PolicyPreview {
    private final RepositorySettings settings;
    private final List<Duration> pauses;
    private final Consumer<Duration> pause;

    PolicyPreview(RepositorySettings settings, List<Duration> pauses, Consumer<Duration> pause) {
        this.settings = settings;
        this.pauses = List.copyOf(pauses);
        this.pause = pause;
    }

    /** {@link Preview.Running} when the time was not enough; a {@link Preview.Complete} is of this text. */
    Preview of(RepositoryName repository, String text) {
        boolean started = settings.startPreview(repository, text);
        for (Duration wait : pauses) {
            Preview preview = started ? settings.preview(repository) : new Preview.Running();
            if (isAnswer(preview, text)) {
                return preview;
            }
            pause.accept(wait);
            // a complete one of another text: somebody started it after ours
            if (!started || preview instanceof Preview.Complete) {
                started = settings.startPreview(repository, text);
            }
        }
        Preview last = started ? settings.preview(repository) : new Preview.Running();
        return last instanceof Preview.Complete && !isAnswer(last, text)
                ? new Preview.Broken("one of another policy")
                : last;
    }

    /**
     * The preview that runs or has run, when it is of this text; otherwise as {@link #of}.
     *
     * <p>Only for whoever has seen one running a short while ago: a repository has one preview at a time, so one that is
     * complete now was completed since, and says what the policy would do now.
     */
    Preview seenRunning(RepositoryName repository, String text) {
        Preview preview = settings.preview(repository);
        boolean ours = preview instanceof Preview.Complete && isAnswer(preview, text);
        return ours || preview instanceof Preview.Running ? preview : of(repository, text);
    }

    private static boolean isAnswer(Preview preview, String text) {
        return switch (preview) {
            case Preview.Running running -> false;
            case Preview.Complete(String policy, var images) ->
                PolicyText.read(policy).equals(PolicyText.read(text));
            case Preview.Broken broken -> true;
        };
    }
}
