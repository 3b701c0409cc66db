package io.echogate.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code echogate demo}: two machines, a monitor and a page on loopback, all as real processes. */
@Command(
        name = "demo",
        description = "Starts two machines and a monitor on loopback and tells how to make them fail.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli injects the spec before call()
final class DemoCommand implements Callable<Integer> {
    private static final String S1 = "127.0.0.11";
    private static final String S2 = "127.0.0.12";
    private static final String MONITOR = "127.0.0.1";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long LOOK_EVERY_MILLIS = 100;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "3000",
            description = "Port of all three; the admin port is the one above; default ${DEFAULT-VALUE}.")
    private int port;

    @Override
    public Integer call() throws IOException {
        if (port < 1 || port > 65_534) {
            throw new ParameterException(spec.commandLine(), "--port: expected 1 to 65534, not " + port);
        }
        PrivateDirectory directory = PrivateDirectory.make();
        try (directory;
                Children children = new Children()) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(children, directory), "demo-shutdown"));
            Process s1 = machine(children, "S1", S1);
            Process s2 = machine(children, "S2", S2);
            Process monitor = children.start(
                    "monitor", "--config", configuration(directory).toString(), "--end-with-parent");
            awaitServing(s1, s2, monitor);
            explain(s1, s2, monitor, directory.resolve(Keys.FILE));
            return watch(s1, s2, monitor);
        }
    }

    private Process machine(Children children, String name, String host) {
        return children.start("machine", "--name", name, "--listen", host + ":" + port, "--end-with-parent");
    }

    private Path configuration(PrivateDirectory directory) throws IOException {
        Path file = directory.resolve("echogate.yaml");
        Files.writeString(file, """
                listen: %s:%d
                admin: %s:%d
                page: true
                pollFreq: 1s
                hedge: {enabled: true}
                stateDir: %s
                members:
                  - {name: S1, url: "http://%s:%d"}
                  - {name: S2, url: "http://%s:%d"}
                """.formatted(
                        MONITOR, port, MONITOR, port + 1, directory.resolve(".").normalize(), S1, port, S2, port));
        return file;
    }

    private static void end(Children children, PrivateDirectory directory) {
        children.close();
        try {
            directory.close();
        } catch (IOException e) {
            throw new Failure("cannot remove the demo's directory: " + e.getMessage(), e);
        }
    }

    private void awaitServing(Process... processes) {
        long looks = PATIENCE.toMillis() / LOOK_EVERY_MILLIS;
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (long i = 0; i < looks; i++) {
                for (Process process : processes) {
                    if (ended(process, i == 0 ? 0 : LOOK_EVERY_MILLIS / processes.length)) {
                        throw new Failure("a part of the demo did not start: its own line above says why"
                                + " (another port: ./echogate demo --port N)");
                    }
                }
                if (ready(client)) {
                    return;
                }
            }
        }
        throw new Failure("nobody serves after " + PATIENCE.toSeconds() + " s: see the lines above");
    }

    private boolean ready(HttpClient client) {
        URI uri = URI.create("http://" + MONITOR + ":" + (port + 1) + "/-/api/v1/fleet");
        HttpRequest request =
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(1)).build();
        try {
            String fleet =
                    client.send(request, HttpResponse.BodyHandlers.ofString()).body();
            return bothServe(fleet);
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean bothServe(String fleet) {
        return fleet.split("\"serving\":true", -1).length > 2;
    }

    private void explain(Process s1, Process s2, Process monitor, Path token) {
        PrintWriter out = spec.commandLine().getOut();
        out.print("""

                Echogate demo
                  S1       http://%1$s:%4$d   pid %5$d
                  S2       http://%2$s:%4$d   pid %6$d
                  monitor  http://%3$s:%4$d    pid %7$d
                  page     http://%3$s:%4$d/-/

                Ask through the monitor (the answer names the machine):
                  curl 'http://%3$s:%4$d/?first=3&second=7'

                Make a failure and watch the page:
                  kill -STOP %5$d     S1's service freezes
                  kill -CONT %5$d     and goes on
                  kill -9 %5$d        S1's service dies; to start it again:
                  ./echogate machine --name S1 --listen %1$s:%4$d
                  kill -STOP %6$d     likewise S2

                Take S1 out of service as for a deployment, and back:
                  ./echogate drain S1 --why 'version 2' --wait %8$s
                  ./echogate ready S1 --wait %8$s

                Ctrl-C ends all.

                """.formatted(S1, S2, MONITOR, port, s1.pid(), s2.pid(), monitor.pid(), at(token)));
        out.flush();
    }

    private String at(Path token) {
        return "--url http://" + MONITOR + ':' + (port + 1) + " --token-file " + token;
    }

    /** Waits for the monitor's end; a machine's end is part of the show. */
    private int watch(Process s1, Process s2, Process monitor) {
        var _ = s1.onExit().thenRun(() -> say("S1 has ended"));
        var _ = s2.onExit().thenRun(() -> say("S2 has ended"));
        try {
            monitor.onExit().get();
        } catch (ExecutionException e) {
            throw new Failure("cannot wait for the monitor: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
        throw new Failure("the monitor has ended (exit " + monitor.exitValue() + "), so the demo ends too");
    }

    private void say(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println("demo: " + line);
        out.flush();
    }

    private static boolean ended(Process process, long millis) {
        try {
            process.onExit().get(millis, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new Failure("cannot watch a child: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
