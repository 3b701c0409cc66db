package io.echogate.probe;

/** What is the matter with a simulated member, over time. */
interface Course {
    /** What can be the matter with it. */
    enum Condition {
        WELL,
        /** The process is gone; the machine's kernel refuses. */
        KILLED,
        /** The process stands still; the kernel accepts and acknowledges for it. */
        FROZEN,
        /** Nothing is there any more. */
        OFF,
        /** A filter swallows what goes to the port; ICMP passes. */
        BLACK_HOLED,
        /** Answers after {@link Exchange#SLOW_NANOS}. */
        SLOW,
        WRONG,
        /** Resets each connection when the request has come. */
        RESETTING
    }

    Condition at(long nanos);

    /** When it is well next, seen from a time at which it is not. */
    long wellAgain(long nanos);

    /** Always well. */
    static Course well() {
        return struck(Condition.WELL, 0, 0);
    }

    /** Well but from one time to another. */
    static Course struck(Condition condition, long from, long to) {
        return new Course() {
            @Override
            public Condition at(long nanos) {
                return nanos >= from && nanos < to ? condition : Condition.WELL;
            }

            @Override
            public long wellAgain(long nanos) {
                return to;
            }
        };
    }

    /** Well and not well in turn. */
    static Course flapping(Condition condition, long well, long ill) {
        return new Course() {
            @Override
            public Condition at(long nanos) {
                return nanos % (well + ill) < well ? Condition.WELL : condition;
            }

            @Override
            public long wellAgain(long nanos) {
                return nanos - nanos % (well + ill) + well + ill;
            }
        };
    }
}
