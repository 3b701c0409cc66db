package io.echogate.model;

/**
 * What an incident did to clients' requests while it lasted.
 *
 * @param met requests that were sent to a member of it and got no answer there
 * @param elsewhere of these, answered by another member: their clients noticed nothing
 * @param failed of these, answered with an error or cut short
 */
public record Toll(long met, long elsewhere, long failed) {}
