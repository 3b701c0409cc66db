package io.echogate.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.List;

/**
 * Where the log goes: to stderr, from level {@code ECHOGATE_LOG} on (INFO unless told, by the environment or a system
 * property). Found by Logback as a service, since reading a file of its XML would be a notable part of a start. Whoever names one
 * ({@code -Dlogback.configurationFile}) has it read instead.
 */
public final class LogOutput extends ContextAwareBase implements Configurator {
    static final String LEVEL = "ECHOGATE_LOG";

    private static final String PATTERN = "%d{HH:mm:ss.SSS} %-5level %msg%n%ex{short}";
    private static final List<String> TALKATIVE = List.of("io.netty", "io.vertx", "org.flywaydb", "com.zaxxer.hikari");

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        if (System.getProperty("logback.configurationFile") != null) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        TALKATIVE.forEach(name -> context.getLogger(name).setLevel(Level.WARN));
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(level());
        root.addAppender(stderr(context));
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static Level level() {
        String asked = System.getProperty(LEVEL, System.getenv(LEVEL));
        return Level.toLevel(asked, Level.INFO);
    }

    private static ConsoleAppender<ILoggingEvent> stderr(LoggerContext context) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(PATTERN);
        encoder.start();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setName("stderr");
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();
        return appender;
    }
}
