package io.echogate.model;

/**
 * What a failure did to clients' requests.
 *
 * @param met requests of which an attempt failed at a member
 * @param elsewhere of these, answered by another one
 * @param failed of these, answered by nobody, or given up by their clients
 */
public record Toll(long met, long elsewhere, long failed) {
    public static final Toll NONE = new Toll(0, 0, 0);

    public Toll plus(Toll more) {
        return new Toll(met + more.met, elsewhere + more.elsewhere, failed + more.failed);
    }
}
