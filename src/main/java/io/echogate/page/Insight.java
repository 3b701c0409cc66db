package io.echogate.page;

import io.echogate.model.LookUp;
import org.jspecify.annotations.Nullable;

/** What there is to know of the asking beside what it heard. Any thread; nothing here waits. */
public interface Insight {
    /** How soon which failure will be noticed. */
    Promise promise();

    /** The newest look-up of that one's name, or null: an address is looked up by nobody. */
    @Nullable
    LookUp lookUp(String member);
}
