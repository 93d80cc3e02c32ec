package dev.larder.local.sts;

import dev.larder.local.aws.Caller;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who is behind an access key. Signatures are not verified: a key that {@link #session} did not make is an IAM user of
 * that name in the cell's account.
 */
public final class Callers {
    private final String account;
    private final Map<String, Caller> sessions = new ConcurrentHashMap<>();

    /** @param account the cell's 12-digit account */
    public Callers(String account) {
        this.account = account;
    }

    /** The caller behind a key. */
    public Caller of(String accessKeyId) {
        Caller session = sessions.get(accessKeyId);
        return session == null ? new Caller(account, accessKeyId, accessKeyId, Optional.empty()) : session;
    }

    /**
     * Makes a session of a role, with a key of its own.
     *
     * @param role the role's name with its path, or its ARN
     */
    public Caller session(String role, String sessionName) {
        String name = role.startsWith("arn:") ? role.substring(role.indexOf(":role/") + ":role/".length()) : role;
        String id = UUID.randomUUID().toString().replace("-", "").substring(0, 16);
        // AWS's temporary keys begin with ASIA; LKIA tells everyone, scanners of secrets too, that this one is not.
        String key = "LKIA" + id.toUpperCase(java.util.Locale.ROOT);
        Caller caller = new Caller(account, key, name, Optional.of(sessionName));
        sessions.put(key, caller);
        return caller;
    }
}
