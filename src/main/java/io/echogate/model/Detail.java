package io.echogate.model;

import java.time.Instant;
import java.util.List;

/** What an event knows beyond its words, for whoever reckons with it. */
public sealed interface Detail {
    /** Of most events. */
    Detail NONE = new None();

    /** Its words say all. */
    record None() implements Detail {}

    /**
     * A member is {@link State#UP} no more. Its failure began between the two.
     *
     * @param lastGood the last proof that it was well: a right answer to a ping, or a client's request answered
     * @param firstBad when the first of what then failed was asked; never before {@code lastGood}
     */
    record Onset(Instant lastGood, Instant firstBad) implements Detail {}

    /**
     * New requests go to others than before.
     *
     * @param from who got them and does not any more, in order of preference
     * @param to who gets them and did not, in order of preference
     */
    record Moved(List<String> from, List<String> to) implements Detail {}

    /** An operator's order, as it holds from now on. */
    record Ordered(Order order) implements Detail {}

    /**
     * Somebody says something about an incident.
     *
     * @param incident its id
     * @param by who says it; untrusted text
     * @param text may be empty with {@code acknowledges}; untrusted text
     * @param acknowledges somebody knows of it and takes care
     */
    record Remark(String incident, String by, String text, boolean acknowledges) implements Detail {}
}
