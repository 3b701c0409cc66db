package io.echogate.route;

import io.echogate.http.RequestHead;

/**
 * What a policy may look at of a request. The head is read anew for each request of a client.
 *
 * @param head valid while the request is being carried
 * @param client the client's address as text
 */
public record Inquiry(RequestHead head, String client) {}
