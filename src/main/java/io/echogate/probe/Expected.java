package io.echogate.probe;

import io.echogate.config.Asked;
import io.echogate.config.PingRules;
import org.jspecify.annotations.Nullable;

/**
 * The answer that a service must give.
 *
 * @param body null: any
 * @param limit bytes of head and body after which an answer is cut off and wrong
 */
record Expected(int status, @Nullable String body, int limit) {
    static Expected of(PingRules ping) {
        return new Expected(ping.status(), ping.body(), ping.answerLimit());
    }

    static Expected of(Asked asked, PingRules ping) {
        return new Expected(asked.status(), asked.body(), ping.answerLimit());
    }
}
