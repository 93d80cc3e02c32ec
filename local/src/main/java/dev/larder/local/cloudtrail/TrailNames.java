package dev.larder.local.cloudtrail;

import dev.larder.local.aws.AwsException;
import java.util.regex.Pattern;

/** Names and ARNs of trails, by the rules of CloudTrail's API model. */
record TrailNames(String account, String region) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9]|[._-](?![._-]))*[A-Za-z0-9]");
    private static final Pattern ADDRESS = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+");
    private static final Pattern ARN = Pattern.compile("arn:aws[a-z-]*:cloudtrail:[a-z0-9-]+:\\d{12}:trail/[^/]+");
    private static final int SHORTEST = 3;
    private static final int LONGEST = 128;

    String arn(String name) {
        return prefix() + name;
    }

    /**
     * The name in a name or in an ARN of this account and region; other ARNs stay as they are, and name no trail here.
     *
     * @throws AwsException when it is neither
     */
    String name(String nameOrArn) {
        if (!nameOrArn.startsWith("arn:")) {
            return valid(nameOrArn);
        }
        if (!ARN.matcher(nameOrArn).matches()) {
            throw new AwsException(
                    400,
                    "CloudTrailARNInvalidException",
                    "'" + nameOrArn + "' is no trail's ARN; expected for instance " + arn("MyTrail"));
        }
        return nameOrArn.startsWith(prefix()) ? nameOrArn.substring(prefix().length()) : nameOrArn;
    }

    /**
     * A name that a trail can have.
     *
     * @throws AwsException when it cannot
     */
    String valid(String name) {
        if (name.length() < SHORTEST
                || name.length() > LONGEST
                || !NAME.matcher(name).matches()
                || ADDRESS.matcher(name).matches()) {
            throw new AwsException(
                    400,
                    "InvalidTrailNameException",
                    "'" + name + "' is no trail's name; expected 3 to 128 letters, digits and single . _ - between"
                            + " them, and no IP address");
        }
        return name;
    }

    private String prefix() {
        return "arn:aws:cloudtrail:" + region + ":" + account + ":trail/";
    }
}
