package io.echogate.net;

/** The kernel interface under the event loops. */
public enum Transport {
    /** Linux epoll through Netty's native library: SO_REUSEPORT and TCP_INFO. */
    EPOLL,
    /** The JDK's selectors: everywhere; one accepting thread and no TCP_INFO. */
    NIO
}
