package io.echogate.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a running monitor says of itself: its metrics and its fleet. */
final class Gauge implements AutoCloseable {
    private static final String LAG = "echogate_probe_lag_seconds_bucket";
    private final HttpClient client = HttpClient.newHttpClient();
    private final String base;

    Gauge(int adminPort) {
        this.base = "http://127.0.0.1:" + adminPort + "/-";
    }

    /**
     * Counts of one moment.
     *
     * @param questions echoes of closed questions, by {@code kind outcome}
     * @param lag questions by the upper bound of their lag in seconds, cumulative
     */
    record Reading(Map<String, Double> questions, Map<Double, Double> lag) {
        /** Questions of that kind that ended since then, late answers not counted again. */
        double since(Reading before, String kind, String outcome) {
            String key = kind + " " + outcome;
            return questions.getOrDefault(key, 0.0) - before.questions.getOrDefault(key, 0.0);
        }

        /** The upper bound of the bucket that holds the quantile of all lags since then, in milliseconds. */
        double lagMillis(Reading before, double quantile) {
            double all = count(before, Double.POSITIVE_INFINITY);
            for (double bound : lag.keySet()) {
                if (count(before, bound) >= quantile * all) {
                    return bound * 1e3;
                }
            }
            return Double.POSITIVE_INFINITY;
        }

        /** Share of lags since then at or below that bound. */
        double lagWithin(Reading before, double seconds) {
            return count(before, seconds) / count(before, Double.POSITIVE_INFINITY);
        }

        private double count(Reading before, double bound) {
            return lag.getOrDefault(bound, 0.0) - before.lag.getOrDefault(bound, 0.0);
        }
    }

    Reading read() {
        Map<String, Double> questions = new TreeMap<>();
        Map<Double, Double> lag = new TreeMap<>();
        for (String line : get("/metrics").split("\n")) {
            double value = line.startsWith("#") ? 0 : Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
            if (line.startsWith("echogate_probe_echoes")) {
                questions.merge(label(line, "kind") + " " + label(line, "outcome"), value, Double::sum);
            } else if (line.startsWith(LAG)) {
                lag.merge(Double.parseDouble(label(line, "le").replace("+Inf", "Infinity")), value, Double::sum);
            }
        }
        return new Reading(questions, lag);
    }

    private static String label(String line, String name) {
        int from = line.indexOf(name + "=\"") + name.length() + 2;
        return line.substring(from, line.indexOf('"', from));
    }

    /** Members with that state and cause. */
    long members(String state, String cause) {
        long found = 0;
        for (JsonNode member : fleet()) {
            boolean is = member.path("state").asString().equals(state)
                    && member.path("cause").asString().equals(cause);
            found += is ? 1 : 0;
        }
        return found;
    }

    JsonNode fleet() {
        return JsonMapper.shared().readTree(get("/api/v1/fleet")).path("members");
    }

    private String get(String path) {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(base + path)).build();
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(path + " answered " + answer.statusCode());
            }
            return answer.body();
        } catch (IOException e) {
            throw new IllegalStateException(path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
