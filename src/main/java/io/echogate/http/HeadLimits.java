package io.echogate.http;

/**
 * What a head may be at most.
 *
 * @param head bytes of the whole head, start line and final empty line included; beyond: 431
 * @param fields number of header fields; beyond: 431
 * @param target bytes of the request target; beyond: 414
 */
public record HeadLimits(int head, int fields, int target) {}
