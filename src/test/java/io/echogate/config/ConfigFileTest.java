package io.echogate.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.echogate.config.Parsed.Bad;
import io.echogate.config.Parsed.Good;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file itself: there, readable, text. */
final class ConfigFileTest {
    private static final String FIVE_LINES = """
            listen: 0.0.0.0:3000
            pollFreq: 1s
            members:               # in order of preference; `policy: first` is the default
              - {name: S1, url: "http://1.2.3.100:3000"}
              - {name: S2, url: "http://1.2.3.200:3000"}
            """;

    @TempDir
    private Path dir;

    private Parsed read(byte[] bytes) throws IOException {
        return ConfigReader.read(Files.write(dir.resolve("c.yaml"), bytes));
    }

    private String onlyFault(Parsed parsed) {
        assertThat(parsed).isInstanceOf(Bad.class);
        assertThat(((Bad) parsed).faults()).hasSize(1);
        return ((Bad) parsed).faults().getFirst().toString().replace(dir.toString(), "");
    }

    @Test
    void fiveLinesAreComplete() throws IOException {
        Config expected =
                Config.of(List.of(MemberConfig.of("S1", "1.2.3.100", 3000), MemberConfig.of("S2", "1.2.3.200", 3000)));
        assertThat(((Good) read(FIVE_LINES.getBytes(UTF_8))).config()).isEqualTo(expected);
    }

    @Test
    void lineEndsAndByteOrderMarkOfOtherSystemsAreFine() throws IOException {
        String text = "\uFEFF" + FIVE_LINES.replace("\n", "\r\n");
        assertThat(read(text.getBytes(UTF_8))).isInstanceOf(Good.class);
    }

    @Test
    void missing() {
        assertThat(onlyFault(ConfigReader.read(dir.resolve("none.yaml"))))
                .isEqualTo("/none.yaml: does not exist; expected a readable YAML file");
    }

    @Test
    void directory() {
        assertThat(onlyFault(ConfigReader.read(dir))).isEqualTo(": is a directory; expected a readable YAML file");
    }

    @Test
    void tooLarge() throws IOException {
        String padding = "#".repeat(1024 * 1024 - FIVE_LINES.length());
        assertThat(read((FIVE_LINES + padding).getBytes(UTF_8))).isInstanceOf(Good.class);
        assertThat(onlyFault(read((FIVE_LINES + padding + "#").getBytes(UTF_8))))
                .isEqualTo("/c.yaml: is larger than 1MiB; expected a readable YAML file");
    }

    @Test
    void endless() {
        assertThat(ConfigReader.read(Path.of("/dev/zero")).toString()).contains("is larger than 1MiB");
    }

    @Test
    void otherEncodings() throws IOException {
        assertThat(onlyFault(read("# café\nname: déjà".getBytes(ISO_8859_1))))
                .isEqualTo("/c.yaml:1:6: byte 0xE9 is not UTF-8; expected text in UTF-8");
        assertThat(onlyFault(read("# ok\nname: déjà".getBytes(ISO_8859_1))))
                .isEqualTo("/c.yaml:2:8: byte 0xE9 is not UTF-8; expected text in UTF-8");
        assertThat(onlyFault(read("a: b".getBytes(UTF_16))))
                .isEqualTo("/c.yaml:1:1: byte 0xFE is not UTF-8; expected text in UTF-8");
        assertThat(onlyFault(read(new byte[] {'a', ':', ' ', (byte) 0xE2, (byte) 0x82})))
                .isEqualTo("/c.yaml:1:4: byte 0xE2 is not UTF-8; expected text in UTF-8");
    }

    @Test
    void hostPortsOfTheCommandLine() {
        assertThat(HostPort.parse("127.0.0.11:3000")).isEqualTo(new HostPort("127.0.0.11", 3000));
        assertThat(HostPort.parse("[::1]:0")).isEqualTo(new HostPort("::1", 0));
        assertThatThrownBy(() -> HostPort.parse("3000"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("`3000` has no port; expected HOST:PORT, such as 0.0.0.0:3000, 127.0.0.1:3000 or"
                        + " [::1]:3000");
    }
}
