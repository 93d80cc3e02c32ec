package dev.larder.domain.usage;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands behind a session of a role, by the session's name: the one thing that CloudTrail tells of the workload. It
 * is inferred and no proof, because whoever may assume a role may name the session as they like.
 *
 * <table>
 * <caption>Whose sessions can be told</caption>
 * <tr><td>EC2</td><td>named after the instance (IAM user guide, {@code aws:userid}). Kubelet and containerd pull with the
 * node's role, so most pulls of a cluster are a node's and not a pod's</td></tr>
 * <tr><td>ECS</td><td>named after the task, 32 hex digits, for task roles and execution roles, Fargate included; seen in
 * published error messages, written down nowhere</td></tr>
 * <tr><td>EKS Pod Identity</td><td>{@code eks-clustername-podname-random UUID} (EKS API reference, AssumedRoleUser). In
 * CloudTrail records that were published each of the two names is cut to its first 10 characters: {@code
 * eks-eksworksho-app1-v1-56-...} for the pod app1-v1-56b9f94b4-dvd5c of the cluster eksworkshop-eksctl</td></tr>
 * </table>
 *
 * <p>The Kubernetes service account is in no pull's record. A session by web identity (IRSA) is named by the client
 * ({@code botocore-session-...}, {@code aws-sdk-java-...}); its {@code webIdFederationData} names the cluster's identity
 * provider, and its {@code attributes} are empty in the records that AWS publishes. Pod Identity's session tags stand in
 * the record of AssumeRole only; CloudTrail adds them to later calls in event data stores of CloudTrail Lake and not in
 * events for EventBridge.
 *
 * @param name the id of the instance or task; for a pod the beginnings of its cluster's and of its own name, with a slash
 *     between, or with a dash where the dashes leave open where the one ends
 */
public record Workload(Kind kind, String name) {
    private static final Pattern INSTANCE = Pattern.compile("i-(?:\\p{XDigit}{8}|\\p{XDigit}{17})");
    private static final Pattern TASK = Pattern.compile("\\p{XDigit}{32}");
    private static final Pattern POD =
            Pattern.compile("eks-(.+-.+)-\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    /** The most that a session's name was seen to keep of a cluster's or a pod's name. */
    private static final int KEPT = 10;

    /** What runs there. */
    public enum Kind {
        /** An EC2 instance, for instance a node of a cluster. */
        NODE,
        /** A task of ECS. */
        ECS_TASK,
        /** A pod with EKS Pod Identity. */
        POD
    }

    /** The workload that a session is named after; empty when the name tells none. */
    public static Optional<Workload> ofSession(String sessionName) {
        if (INSTANCE.matcher(sessionName).matches()) {
            return Optional.of(new Workload(Kind.NODE, sessionName));
        }
        if (TASK.matcher(sessionName).matches()) {
            return Optional.of(new Workload(Kind.ECS_TASK, sessionName));
        }
        Matcher pod = POD.matcher(sessionName);
        return pod.matches() ? Optional.of(new Workload(Kind.POD, clusterAndPod(pod.group(1)))) : Optional.empty();
    }

    /** Splits at the only dash that leaves names of no more than what is kept; else leaves the text as it is. */
    private static String clusterAndPod(String text) {
        int split = -1;
        for (int dash = text.indexOf('-', 1); dash >= 0; dash = text.indexOf('-', dash + 1)) {
            int pod = text.length() - dash - 1;
            if (dash <= KEPT && pod >= 1 && pod <= KEPT && text.charAt(dash + 1) != '-') {
                if (split >= 0) {
                    return text;
                }
                split = dash;
            }
        }
        return split < 0 ? text : text.substring(0, split) + "/" + text.substring(split + 1);
    }

    /** {@code node/i-053374f60a4d79830}, {@code ecs-task/a20b735e...} or {@code pod/eksworksho/app1-v1-56}. */
    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-') + "/" + name;
    }
}
