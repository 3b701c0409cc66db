package io.echogate.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** {@code ./bench/page}: the live page under load, as one table with what is to be reached. */
final class PageBench {
    private int members = 1_000;
    private int viewers = 1_000;
    private int changes = 40;
    private int rounds = 7;
    private List<String> parts = List.of("stream", "browser", "relay");

    static void main(String[] args) throws IOException {
        PageBench bench = new PageBench();
        bench.options(args);
        bench.run();
    }

    private void options(String[] args) {
        if (args.length % 2 != 0) {
            throw new IllegalArgumentException("each option takes a value");
        }
        for (int i = 0; i < args.length; i += 2) {
            String value = args[i + 1];
            switch (args[i]) {
                case "--members" -> members = Integer.parseInt(value);
                case "--viewers" -> viewers = Integer.parseInt(value);
                case "--changes" -> changes = Integer.parseInt(value);
                case "--rounds" -> rounds = Integer.parseInt(value);
                case "--only" -> parts = Arrays.asList(value.split(","));
                default -> throw new IllegalArgumentException("there is no option " + args[i]);
            }
        }
    }

    private void run() throws IOException {
        Path directory = Files.createTempDirectory("echogate-bench-");
        print("| what | measured | to be reached |\n|---|---|---|");
        try {
            if (parts.contains("stream") || parts.contains("browser")) {
                try (PageFleet fleet = new PageFleet(directory, members)) {
                    watched(fleet);
                }
            }
            if (parts.contains("relay")) {
                PageRelay.measure(rounds);
            }
        } finally {
            try (var files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private void watched(PageFleet fleet) throws IOException {
        if (parts.contains("browser")) {
            PageBrowser.measure(fleet);
        }
        if (parts.contains("stream")) {
            PageStream.measure(fleet, viewers, changes);
        }
    }

    static void row(String what, String target, String figures) {
        print("| " + what + " | " + figures + " | " + target + " |");
    }

    private static void print(String line) {
        System.out.println(line);
    }
}
