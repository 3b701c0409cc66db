package io.echogate.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CharsTest {
    private static final int LENGTH = 27;

    private static int byteByByte(byte[] b, int from, int to) {
        int at = from;
        while (at < to && Chars.line(b[at])) {
            at++;
        }
        return at;
    }

    /** Every byte in every place, among others of every kind that may stand in a line; from anywhere to anywhere. */
    @ParameterizedTest
    @ValueSource(ints = {' ', 'a', '~', '\t', 0x80, 0xa0, 0xff, 0x21, 0x3f, 0x40, 0x9f, 0x7e})
    void aLineIsFoundEightBytesAtATimeAsOneByOne(int others) {
        byte[] b = new byte[LENGTH];
        for (int c = 0; c < 256; c++) {
            for (int place = 0; place < LENGTH; place++) {
                Arrays.fill(b, (byte) others);
                b[place] = (byte) c;
                for (int from = 0; from < LENGTH; from += 3) {
                    for (int to = from; to <= LENGTH; to += 4) {
                        if (Chars.lineEnd(b, from, to) != byteByByte(b, from, to)) {
                            fail("%x at %d from %d to %d", c, place, from, to);
                        }
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 0x1f, '\r', '\n', 0x7f})
    void whatIsForbiddenTwiceIsFoundTheFirstTime(int forbidden) {
        byte[] b = new byte[LENGTH];
        for (int one = 0; one < LENGTH; one++) {
            for (int other = one; other < LENGTH; other++) {
                Arrays.fill(b, (byte) 'a');
                b[one] = (byte) forbidden;
                b[other] = (byte) forbidden;
                assertThat(Chars.lineEnd(b, 0, LENGTH)).isEqualTo(one);
            }
        }
    }
}
