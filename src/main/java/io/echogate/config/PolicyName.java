package io.echogate.config;

/** How a member is chosen among those in rotation. More of them come with later work; unknown names are refused. */
public enum PolicyName {
    /** The first in order of preference. */
    FIRST
}
