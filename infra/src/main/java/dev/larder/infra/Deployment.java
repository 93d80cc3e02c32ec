package dev.larder.infra;

import dev.larder.config.Cell;
import dev.larder.config.LarderConfig;
import dev.larder.config.Names;
import dev.larder.config.Upstream;
import dev.larder.config.Warm;
import java.util.List;
import software.amazon.awscdk.regioninfo.RegionInfo;
import software.amazon.awscdk.services.lambda.Code;

/**
 * What every part of a cell's stack needs to know.
 *
 * @param config the whole file
 * @param cell the account and region that the stack is for
 * @param code the functions' zip, the same for all functions
 */
record Deployment(LarderConfig config, Cell cell, Code code) {
    /** The prefixes of the cache rules, in the file's order, without a slash at the end. */
    List<String> prefixes() {
        return config.upstreams().stream().map(Upstream::prefix).toList();
    }

    /** The same for another cell of the file. */
    Deployment in(Cell other) {
        return new Deployment(config, other, code);
    }

    /** The other cells of the file. */
    List<Cell> others() {
        return config.cells().stream().filter(other -> !other.equals(cell)).toList();
    }

    /** What to keep warm, as this cell's functions know it. */
    Warm warm() {
        return config.warm().in(cell);
    }

    /** The ARN patterns of all repositories under the cache rules' prefixes, and of no other. */
    List<String> cachedRepositories() {
        return prefixes().stream()
                .map(prefix -> arn("ecr", "repository/" + prefix + "/*"))
                .toList();
    }

    /** The ARN of something in this cell. */
    String arn(String service, String resource) {
        return "arn:" + partition() + ":" + service + ":" + cell.region() + ":" + cell.account() + ":" + resource;
    }

    /** The ARN of a role or user of this cell's account. */
    String iamArn(String resource) {
        return "arn:" + partition() + ":iam::" + cell.account() + ":" + resource;
    }

    /** The ARN of the role with a name that {@link #roleName} gave, as CloudTrail tells it. */
    String roleArn(String roleName) {
        return iamArn("role/" + roleName);
    }

    /** The name that a queue, a function or a schedule has in the account. */
    String physicalName(String id) {
        return Names.queue(config, id);
    }

    /** The name of a function's role. */
    String roleName(String function) {
        return Names.role(config, cell, function);
    }

    /** {@code aws}, or what the region belongs to instead. */
    String partition() {
        String partition = RegionInfo.get(cell.region()).getPartition();
        // a region that this release of the CDK does not know yet
        return partition == null ? "aws" : partition;
    }
}
