package io.echogate.probe;

import java.util.random.RandomGenerator;

/** Which packets a simulated path loses. Asked with times in nanoseconds that go back by a few seconds at the most. */
sealed interface Losses permits Losses.Independent, Losses.Bursty {
    /** Packets of one undisturbed HTTP check: SYN, SYN-ACK, request, its acknowledgement, answer. */
    int HTTP_PACKETS = 5;

    /** Packets of one undisturbed ICMP check. */
    int ICMP_PACKETS = 2;

    boolean lost(long nanos);

    /**
     * Takes a time without a loss that matters out of the future, in whole rounds of one HTTP and one ICMP check.
     *
     * @param round nanoseconds from one round to the next
     * @return nanoseconds taken out, 0 to {@code most}
     */
    long skip(long now, long round, long most);

    /** How long the path has been, or had lately been, dead without a break; 0 when it was not. */
    long outageNanos(long now);

    /** Each packet by itself. The number of packets up to the next loss is drawn instead of each packet's fate. */
    final class Independent implements Losses {
        private final double loss;
        private final RandomGenerator random;
        private long spare;

        Independent(double loss, RandomGenerator random) {
            this.loss = loss;
            this.random = random;
            this.spare = draw();
        }

        private long draw() {
            return loss == 0 ? Long.MAX_VALUE : (long) (Math.log(1 - random.nextDouble()) / Math.log1p(-loss));
        }

        @Override
        public boolean lost(long nanos) {
            if (spare > 0) {
                spare--;
                return false;
            }
            spare = draw();
            return true;
        }

        @Override
        public long skip(long now, long round, long most) {
            long rounds = Math.min(spare / (HTTP_PACKETS + ICMP_PACKETS), most / round);
            spare -= rounds * (HTTP_PACKETS + ICMP_PACKETS);
            return rounds * round;
        }

        @Override
        public long outageNanos(long now) {
            return 0;
        }
    }

    /**
     * Gilbert's model in continuous time: the path is good and loses nothing, then bad and loses a share, each for an
     * exponentially distributed while.
     */
    final class Bursty implements Losses {
        private static final int KEPT = 256;

        private final double meanGood;
        private final double meanBad;
        private final double lossInBad;
        private final RandomGenerator random;
        private final long[] from = new long[KEPT];
        private final long[] to = new long[KEPT];
        private int newest;
        private long shift;

        /**
         * The share of lost packets over a long time comes out as {@code loss}.
         *
         * @param lossInBad share of packets lost while the path is bad
         */
        Bursty(double loss, double meanBadNanos, double lossInBad, RandomGenerator random) {
            double bad = loss / lossInBad;
            this.meanBad = meanBadNanos;
            this.meanGood = meanBadNanos * (1 - bad) / bad;
            this.lossInBad = lossInBad;
            this.random = random;
        }

        private void extend(long at) {
            while (to[newest] <= at) {
                long begin = to[newest] + exponential(meanGood);
                newest = (newest + 1) % KEPT;
                from[newest] = begin;
                to[newest] = begin + exponential(meanBad);
            }
        }

        private long exponential(double mean) {
            return 1 + (long) (-mean * Math.log(1 - random.nextDouble()));
        }

        /** The newest spell that began at or before that time; spells are looked for backwards. */
        private int spell(long at) {
            extend(at);
            int i = newest;
            while (from[i] > at) {
                i = (i + KEPT - 1) % KEPT;
            }
            return i;
        }

        @Override
        public boolean lost(long nanos) {
            long at = nanos + shift;
            return at < to[spell(at)] && random.nextDouble() < lossInBad;
        }

        @Override
        public long skip(long now, long round, long most) {
            long at = now + shift;
            int i = spell(at);
            long next = i == newest ? at : from[(i + 1) % KEPT];
            long rounds = Math.min(Math.max(0, next - at - 3 * round) / round, most / round);
            long taken = at < to[i] ? 0 : rounds * round;
            shift += taken;
            return taken;
        }

        @Override
        public long outageNanos(long now) {
            long at = now + shift;
            int i = spell(at);
            return lossInBad < 1 ? 0 : Math.min(to[i], at) - from[i];
        }
    }
}
