package dev.larder.local;

import dev.larder.local.cloud.LocalCloud;

/** What a person reads when the cloud is ready: where it is, how to log in, and three commands to try. */
record Greeting(LocalCloud cloud) {
    String text() {
        String endpoint = cloud.endpoint().toString();
        return """

                The local cloud is ready: account %s, %s, %s.
                  AWS       %s
                  registry  %s
                  data      %s

                  export AWS_ENDPOINT_URL=%s AWS_REGION=%s
                  export AWS_ACCESS_KEY_ID=me AWS_SECRET_ACCESS_KEY=any    # the key's name is who you are

                Try:
                  skopeo inspect --tls-verify=false docker://%s/%s
                  curl -s %s/_larder/status
                  curl -s -X POST -d '{"advance":"25h"}' %s/_larder/clock

                Ctrl-C stops it.
                """.formatted(
                        cloud.account(),
                        cloud.region(),
                        cloud.now(),
                        endpoint,
                        cloud.registry(),
                        cloud.data(),
                        endpoint,
                        cloud.region(),
                        cloud.registry().getAuthority(),
                        cloud.exampleImage(),
                        endpoint,
                        endpoint);
    }
}
