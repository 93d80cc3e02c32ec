package dev.larder.domain.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.larder.domain.usage.Fact.Fetch;
import dev.larder.domain.usage.PullDecision.Logged;
import dev.larder.domain.usage.PullDecision.NoPull;
import dev.larder.events.ApiCall.BatchGetImage;
import dev.larder.events.CallRecord;
import dev.larder.events.Envelope;
import dev.larder.events.ImageId;
import dev.larder.events.Principal;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PullLogTest {
    private static final RepositoryName NGINX = new RepositoryName("docker-hub/library/nginx");
    private static final Instant TIME = Instant.parse("2026-11-24T10:15:30Z");
    private static final PullRules RULES =
            new PullRules(Set.of("docker-hub"), Set.of("own"), Set.of("arn:aws:iam::111122223333:role/scanner"));

    @Property
    void eachImageOfACallIsLoggedOnce(@ForAll("ids") List<ImageId> ids, @ForAll("errors") Optional<String> error) {
        Set<ImageReference> wanted = new HashSet<>();
        ids.forEach(id -> wanted.add(
                id.tag().isPresent()
                        ? new Tagged(NGINX, id.tag().get())
                        : new Digested(NGINX, id.digest().get())));

        List<Fetch> fetches = assertInstanceOf(Logged.class, RULES.decide(call("node", ids, error)))
                .fetches();

        assertEquals(wanted.size(), fetches.size());
        Set<Fetch> expected = new HashSet<>();
        wanted.forEach(image ->
                expected.add(new Fetch(image, Caller.of(arn("node")), EventHash.of("event-1"), TIME, false, error)));
        assertEquals(expected, new HashSet<>(fetches));
    }

    @Property
    void nothingOfACallOfOursOrOfAnExcludedOneIsLogged(
            @ForAll("ids") List<ImageId> ids, @ForAll("others") String role, @ForAll("errors") Optional<String> error) {
        assertInstanceOf(NoPull.class, RULES.decide(call(role, ids, error)));
    }

    @Provide
    Arbitrary<String> others() {
        return Arbitraries.of("own", "some/path/own", "scanner");
    }

    @Provide
    Arbitrary<Optional<String>> errors() {
        return Arbitraries.of("AccessDenied", "RepositoryNotFoundException").optional();
    }

    @Provide
    Arbitrary<List<ImageId>> ids() {
        Arbitrary<Tag> tags = Arbitraries.of("1", "2", "3").map(Tag::new);
        Arbitrary<ImageId> both = Combinators.combine(tags, digests())
                .as((tag, digest) -> new ImageId(Optional.of(tag), Optional.of(digest)));
        return Arbitraries.oneOf(tags.map(ImageId::of), digests().map(ImageId::of), both)
                .list()
                .ofMinSize(1)
                .ofMaxSize(6);
    }

    private static Arbitrary<Digest> digests() {
        return Arbitraries.of("a", "b", "c").map(letter -> new Digest("sha256:" + letter.repeat(64)));
    }

    private static String arn(String role) {
        return "arn:aws:iam::111122223333:role/" + role;
    }

    private static BatchGetImage call(String role, List<ImageId> ids, Optional<String> error) {
        Envelope envelope = new Envelope(
                "id", "aws.ecr", "AWS API Call via CloudTrail", "111122223333", "eu-central-1", TIME, List.of());
        Principal principal = new Principal(
                "AssumedRole",
                Optional.of("111122223333"),
                Optional.of("arn:aws:sts::111122223333:assumed-role/session"),
                Optional.of(arn(role)),
                Optional.empty(),
                Optional.empty());
        CallRecord record =
                new CallRecord(envelope, "event-1", TIME, principal, error, Optional.empty(), Optional.empty());
        return new BatchGetImage(record, NGINX, ids);
    }
}
