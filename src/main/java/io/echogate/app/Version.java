package io.echogate.app;

import picocli.CommandLine.IVersionProvider;

/** The version in the jar's manifest, and the Java that runs it. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Main.class.getPackage().getImplementationVersion();
        return new String[] {"echogate " + (version == null ? "(not packaged)" : version), "Java " + Runtime.version()};
    }
}
