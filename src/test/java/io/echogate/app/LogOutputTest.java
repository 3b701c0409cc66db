package io.echogate.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.slf4j.Logger;

/** Where the log goes, and from which level on. */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
final class LogOutputTest {
    private final LoggerContext context = new LoggerContext();

    private Configurator.ExecutionStatus configured(String property, String value) {
        String before = System.setProperty(property, value);
        try {
            return new LogOutput().configure(context);
        } finally {
            if (before == null) {
                System.clearProperty(property);
            } else {
                System.setProperty(property, before);
            }
        }
    }

    private ch.qos.logback.classic.Logger root() {
        return context.getLogger(Logger.ROOT_LOGGER_NAME);
    }

    @Test
    void goesToStderrFromTheAskedLevelOn() {
        assertThat(configured(LogOutput.LEVEL, "debug"))
                .isEqualTo(Configurator.ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY);
        assertThat(root().getLevel()).isEqualTo(Level.DEBUG);
        assertThat(context.getLogger("io.netty.channel").getEffectiveLevel()).isEqualTo(Level.WARN);
        ConsoleAppender<ILoggingEvent> out = (ConsoleAppender<ILoggingEvent>) root().getAppender("stderr");
        assertThat(out.getTarget()).isEqualTo("System.err");
        assertThat(out.isStarted()).isTrue();
    }

    @Test
    void aLevelThatThereIsNotIsTakenForTheUsualOne() {
        configured(LogOutput.LEVEL, "LOUD");
        assertThat(root().getLevel()).isEqualTo(Level.INFO);
    }

    @Test
    void whoeverHasAFileOfHisOwnHasItRead() {
        assertThat(configured("logback.configurationFile", "mine.xml"))
                .isEqualTo(Configurator.ExecutionStatus.INVOKE_NEXT_IF_ANY);
        assertThat(root().getAppender("stderr")).isNull();
    }

    @Test
    void isFoundByLogback() {
        assertThat(ServiceLoader.load(Configurator.class)).hasExactlyElementsOfTypes(LogOutput.class);
    }
}
