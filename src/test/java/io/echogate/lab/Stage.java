package io.echogate.lab;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Keeps one lab between stories that leave no trace, and builds another when one did or needs a different one. */
final class Stage implements AutoCloseable {
    private Lab.@Nullable Setup setup;
    private @Nullable Lab lab;
    private int built;

    /** A lab of that kind with both members UP. */
    Lab lab(Lab.Setup wanted) {
        if (lab == null || setup != wanted) {
            close();
            lab = Lab.open(wanted.name().toLowerCase(Locale.ROOT) + "-" + ++built, wanted);
            setup = wanted;
        }
        lab.awaitBothUp();
        return lab;
    }

    /** Nobody can say what state it is in. */
    @Override
    public void close() {
        if (lab != null) {
            lab.close();
            lab = null;
        }
    }
}
