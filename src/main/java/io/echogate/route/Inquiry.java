package io.echogate.route;

import io.echogate.http.RequestHead;

/**
 * What a policy may look at of a request. One per client connection: the head is read anew for each of its requests.
 *
 * @param head valid while the request is being carried
 * @param client the client's address as text
 */
public record Inquiry(RequestHead head, String client) {}
