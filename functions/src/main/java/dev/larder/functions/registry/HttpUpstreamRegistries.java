package dev.larder.functions.registry;

import dev.larder.config.Upstream;
import dev.larder.domain.upstream.FailureKind;
import dev.larder.domain.upstream.TagListing;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.RepositoryName;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/** {@link UpstreamRegistries} over HTTP, as the OCI distribution specification has it. Tokens are kept between looks. */
public final class HttpUpstreamRegistries implements UpstreamRegistries {
    /** For a connection. */
    public static final Duration CONNECT = Duration.ofSeconds(5);

    /** For a whole look, tokens included; a list of tags takes one for each page. */
    public static final Duration LOOK = Duration.ofSeconds(20);

    private final CheckTag checkTag;
    private final CheckDigest checkDigest;
    private final CountManifests countManifests;
    private final ListTags listTags;
    private final Duration longest;

    /** The wiring of a function. */
    public HttpUpstreamRegistries(UpstreamCredentials credentials) {
        this(
                UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT)
                        .socketTimeout(Duration.ofSeconds(15))
                        .build(),
                credentials,
                InstantSource.system(),
                LOOK);
    }

    /**
     * With its parts.
     *
     * @param http must not follow redirects by itself
     * @param longest that a whole look may take
     */
    public HttpUpstreamRegistries(
            SdkHttpClient http, UpstreamCredentials credentials, InstantSource clock, Duration longest) {
        Transport transport = new Transport(http);
        Requests requests = new Requests(transport, new Authorizations(credentials, new TokenServer(transport), clock));
        this.checkTag = new CheckTag(requests);
        this.checkDigest = new CheckDigest(requests);
        this.countManifests = new CountManifests(requests);
        this.listTags = new ListTags(requests);
        this.longest = longest;
    }

    @Override
    public Looked<UpstreamManifest> manifest(Upstream upstream, Tagged image) {
        UpstreamAddress address = UpstreamAddress.of(upstream, image.repository());
        Look look = new Look("check the tag " + address.repository() + ":" + image.tag() + " at " + address.base());
        return within(look, () -> {
            UpstreamManifest manifest = checkTag.manifest(look, address, image.tag());
            return new Looked.Found<>(manifest, look.requests(), look.limit());
        });
    }

    @Override
    public Looked<ImportCounts> counts(Upstream upstream, Digested image) {
        UpstreamAddress address = UpstreamAddress.of(upstream, image.repository());
        Look look =
                new Look("read the manifest " + address.repository() + "@" + image.digest() + " at " + address.base());
        return within(look, () -> {
            ImportCounts counts = countManifests.of(look, address, image.digest());
            return new Looked.Found<>(counts, look.requests(), look.limit());
        });
    }

    @Override
    public Looked<Digest> digest(Upstream upstream, Digested image) {
        UpstreamAddress address = UpstreamAddress.of(upstream, image.repository());
        Look look = new Look("check for " + address.repository() + "@" + image.digest() + " at " + address.base());
        return within(look, () -> {
            checkDigest.check(look, address, image.digest());
            return new Looked.Found<>(image.digest(), look.requests(), look.limit());
        });
    }

    @Override
    public Looked<TagListing> tags(Upstream upstream, RepositoryName repository, TagListing listing) {
        UpstreamAddress address = UpstreamAddress.of(upstream, repository);
        Look look = new Look("list the tags of " + address.repository() + " at " + address.base());
        return within(look, () -> {
            return listTags.page(look, address, listing)
                    ? new Looked.Found<>(listing, look.requests(), look.limit())
                    : new Looked.Unchanged<>(look.requests(), look.limit());
        });
    }

    private interface Work<T> {
        Looked<T> run() throws LookFailedException;
    }

    /** In a thread of its own: an upstream that sends a byte now and then never runs into the client's own limits. */
    private <T> Looked<T> within(Look look, Work<T> work) {
        FutureTask<Looked<T>> task = new FutureTask<>(() -> {
            try {
                return work.run();
            } catch (LookFailedException e) {
                return refused(look, e);
            }
        });
        Thread.ofVirtual().name("look").start(task);
        try {
            return task.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            task.cancel(true);
            Thread.ofVirtual().start(look::abort);
            return refused(
                    look,
                    look.failed(
                            FailureKind.NETWORK,
                            "Timeout",
                            "it was not done after " + longest.toMillis() / 1000.0 + " s and " + look.requests()
                                    + " requests"));
        } catch (InterruptedException e) {
            task.cancel(true);
            Thread.currentThread().interrupt();
            return refused(look, look.failed(FailureKind.NETWORK, "Interrupted", "it was called off"));
        } catch (ExecutionException e) {
            throw new IllegalStateException("a look failed in a way that nobody thought of", e.getCause());
        }
    }

    private static <T> Looked<T> refused(Look look, LookFailedException e) {
        return new Looked.Refused<>(e.failure(), look.requests(), look.limit());
    }
}
