package io.echogate.fleet;

import io.echogate.clock.Clock;
import io.echogate.config.Asked;
import io.echogate.config.Config;
import io.echogate.config.MemberConfig;
import io.echogate.judge.Dossier;
import io.echogate.judge.Judge;
import io.echogate.model.Ask;
import io.echogate.model.Icmp;
import io.echogate.model.State;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The files of all who are asked: the pool, and those who are only watched. Touched by the writer's thread only. */
final class Files {
    private final SequencedMap<String, MemberFile> pool = new LinkedHashMap<>();
    private final SequencedMap<String, MemberFile> watched = new LinkedHashMap<>();
    private List<MemberFile> askable;
    private boolean icmp = true;
    private int dark;
    private int up;

    Files(Config config, Clock clock) {
        int index = 0;
        for (MemberConfig member : config.members()) {
            pool.put(member.name(), new MemberFile(index++, member, clock));
        }
        for (Asked asked : config.watch()) {
            watched.put(asked.name(), new MemberFile(index++, asked, clock));
        }
        askable = everybody().toList();
    }

    Stream<MemberFile> everybody() {
        return Stream.concat(pool.values().stream(), watched.values().stream());
    }

    /** The file of whoever has that name, or null. */
    @Nullable
    MemberFile get(String name) {
        MemberFile file = pool.get(name);
        return file == null ? watched.get(name) : file;
    }

    /** Whoever may get requests, by name, in order of preference. */
    Map<String, MemberFile> pool() {
        return pool;
    }

    /** Whoever never does. */
    Collection<MemberFile> watched() {
        return watched.values();
    }

    /** All who can be asked on this host: without an ICMP socket nothing is ever heard of who is asked by ICMP alone. */
    List<MemberFile> askable() {
        return askable;
    }

    /** What the host allows has become known. */
    void icmpIs(Icmp now) {
        icmp = now.mode() != Icmp.Mode.NONE;
        askable = everybody().filter(this::asks).toList();
        dark = Math.toIntExact(askable.stream().filter(f -> f.dossier().dark()).count());
        watched().forEach(f -> f.conclude(f.dossier(), Judge.hear(f.dossier(), now)));
    }

    private boolean asks(MemberFile file) {
        return icmp || file.ask() != Ask.ICMP;
    }

    /** More is known of one of them, or another verdict, than {@code before}. */
    void count(MemberFile file, Dossier before) {
        if (asks(file)) {
            dark += (file.dossier().dark() ? 1 : 0) - (before.dark() ? 1 : 0);
        }
        up += (upOfPool(file, file.dossier()) ? 1 : 0) - (upOfPool(file, before) ? 1 : 0);
    }

    private static boolean upOfPool(MemberFile file, Dossier dossier) {
        return !file.onlyWatched() && dossier.verdict().state() == State.UP;
    }

    /** Silent on every way, all of them. */
    boolean allDark() {
        return dark == askable.size();
    }

    /** Another member than that one is UP; nobody stands in for who is only watched. */
    boolean othersUp(MemberFile file) {
        return !file.onlyWatched() && up > (upOfPool(file, file.dossier()) ? 1 : 0);
    }
}
