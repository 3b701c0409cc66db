package io.echogate.route;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * Whose turn it is: smooth weighted round-robin, so that a heavy member's turns lie as far apart as they can. Members of
 * one weight form a class and take turns in it; among classes it is nginx's rule: each step adds to every class its
 * weight, the class with the most has its turn and gives back the weight of all. Over as many steps as all weights add up
 * to, each member has exactly its weight in turns. A step costs as much as there are different weights, not members.
 * The first turn after a plan is drawn by weight, so that loops do not move in step. Confined to one event loop.
 */
final class Schedule {
    private int[][] places = new int[0][];
    private int[] turns = new int[0];
    private long[] weights = new long[0];
    private long[] credits = new long[0];
    private long total;

    /** Plans anew for those shares. */
    void plan(Sharing sharing, RandomGenerator chance) {
        TreeMap<Integer, List<Integer>> classes = new TreeMap<>();
        for (int place = 0; place < sharing.size(); place++) {
            classes.computeIfAbsent(-sharing.weight(place), w -> new ArrayList<>())
                    .add(place);
        }
        int n = classes.size();
        places = new int[n][];
        turns = new int[n];
        weights = new long[n];
        credits = new long[n];
        total = 0;
        int c = 0;
        for (List<Integer> alike : classes.values()) {
            places[c] = alike.stream().mapToInt(Integer::intValue).toArray();
            turns[c] = chance.nextInt(alike.size());
            weights[c] = (long) sharing.weight(alike.getFirst()) * alike.size();
            total += weights[c++];
        }
        if (n > 0) {
            drawFirst(chance.nextLong(total));
        }
    }

    private void drawFirst(long lot) {
        long left = lot;
        boolean drawn = false;
        for (int c = 0; c < weights.length; c++) {
            credits[c] = -weights[c];
            if (!drawn && left < weights[c]) {
                credits[c] += total;
                drawn = true;
            }
            left -= weights[c];
        }
    }

    /** The place whose turn it is; there must be one. */
    int next() {
        int best = 0;
        for (int c = 0; c < credits.length; c++) {
            credits[c] += weights[c];
            best = credits[c] > credits[best] ? c : best;
        }
        credits[best] -= total;
        int[] alike = places[best];
        int turn = turns[best];
        turns[best] = turn + 1 == alike.length ? 0 : turn + 1;
        return alike[turn];
    }
}
