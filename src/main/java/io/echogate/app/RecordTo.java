package io.echogate.app;

import io.echogate.config.Config;
import io.echogate.config.ConfigReader;
import io.echogate.config.Parsed;
import io.echogate.history.Recorder;
import io.echogate.history.RecordingHead;
import io.echogate.model.Fleet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Where a monitor's recording goes, and the configuration's text, which goes into it.
 *
 * @param limit bytes
 * @param config name of the configuration's file
 */
record RecordTo(Path file, long limit, String config, String text) {
    /** Takes the text of the file that {@code config} was read from. */
    static RecordTo of(Path file, long limit, Path configFile, Config config) throws IOException {
        String read = Files.readString(configFile);
        String text = read.startsWith("\uFEFF") ? read.substring(1) : read;
        boolean same = ConfigReader.read(configFile.toString(), text) instanceof Parsed.Good good
                && good.config().equals(config);
        if (!same) {
            throw new Failure(configFile + " has changed while it was read: start again");
        }
        return new RecordTo(file, limit, configFile.toString(), text);
    }

    Recorder begin(Fleet first) throws IOException {
        return Recorder.start(file, limit, RecordingHead.of(Version.ours(), config, text, first), first);
    }

    /** A size on the command line is written as in the configuration. */
    static final class Limit implements ITypeConverter<Long> {
        private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})(MiB|GiB)");
        private static final long MOST = 64L << 30;

        @Override
        public Long convert(String value) {
            Matcher size = SIZE.matcher(value);
            if (size.matches()) {
                long bytes = Long.parseLong(size.group(1)) << (size.group(2).equals("MiB") ? 20 : 30);
                if (bytes >= Recorder.LEAST_LIMIT_BYTES && bytes <= MOST) {
                    return bytes;
                }
            }
            throw new TypeConversionException("'" + value + "' is no size from 4MiB to 64GiB, for instance 64MiB");
        }
    }
}
