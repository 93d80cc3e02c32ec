package dev.larder.domain.warming;

import dev.larder.events.WarmReason;

/**
 * An image that someone wants warm, whatever the record says of its pulls.
 *
 * @param image what is known of it
 * @param reason who wants it
 * @param asked whether the file asks for it, or a user in this cell did
 * @param asker who or what asks for it, so that nobody who asks for many keeps another waiting
 * @param saves cold pulls within a day, on average
 * @param why for people, as in "why, and not in the cache"
 */
public record Wanted(Known image, WarmReason reason, boolean asked, String asker, double saves, String why) {}
