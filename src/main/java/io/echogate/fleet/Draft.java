package io.echogate.fleet;

import io.echogate.model.Cause;
import io.echogate.model.Detail;
import io.echogate.model.Event;
import io.echogate.model.Incident;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A case while it is written on: made of one, changed, and made into another. */
final class Draft {
    /** Remarks at the most; more are not taken. */
    static final int REMARKS = 200;

    /** Who fell later than this after the incident was named had its requests taken by something else. */
    private static final Duration TOGETHER = Duration.ofMinutes(1);

    final String id;
    final Instant named;
    Incident.Kind kind;
    String subject;
    Cause cause;
    boolean drill;
    boolean planned;
    private long seq;
    private final Set<String> members;
    private @Nullable Instant lastGood;
    private @Nullable Instant firstBad;
    private @Nullable Instant left;
    private @Nullable Instant ended;
    private int times;
    private final @Nullable Duration promised;
    private @Nullable Instant outage;
    private Timeline timeline;
    private final List<Incident.Remark> remarks;
    private final Set<String> out;
    private final Set<String> gone;
    private boolean nowhere;

    /** Of a case that there is. */
    Draft(Case of) {
        Incident i = of.incident();
        id = i.id();
        named = i.named();
        kind = i.kind();
        subject = i.subject();
        cause = i.cause();
        drill = i.drill();
        planned = i.planned();
        seq = i.seq();
        members = new LinkedHashSet<>(i.members());
        lastGood = i.lastGood();
        firstBad = i.firstBad();
        left = i.left();
        ended = i.ended();
        times = i.times();
        promised = i.promised();
        outage = i.outage();
        timeline = new Timeline(i.timeline(), i.leftOut());
        remarks = new ArrayList<>(i.remarks());
        out = new HashSet<>(of.out());
        gone = new HashSet<>(of.gone());
        nowhere = of.nowhere();
    }

    /** Of one that the event names. */
    Draft(CaseRules rules, Incident.Kind kind, Event e) {
        id = rules.epoch() + "-" + e.seq();
        named = e.at();
        this.kind = kind;
        subject = e.member();
        cause = e.cause();
        members = new LinkedHashSet<>();
        times = 1;
        promised = rules.promised(e.member(), e.cause());
        timeline = Timeline.EMPTY;
        remarks = new ArrayList<>();
        out = new HashSet<>();
        gone = new HashSet<>();
    }

    /** Its member is DOWN, after that doubt. */
    Draft down(Event e, @Nullable Doubt doubt) {
        if (members.isEmpty()) {
            Detail.Onset onset = e.detail() instanceof Detail.Onset o ? o : doubt == null ? null : doubt.onset();
            lastGood = onset == null ? null : onset.lastGood();
            firstBad = onset == null ? null : onset.firstBad();
        }
        if (kind == Incident.Kind.MACHINE && !members.contains(e.member())) {
            seenWell(e);
        }
        members.add(e.member());
        out.add(e.member());
        if (doubt != null) {
            timeline = timeline.with(doubt.timeline());
            if (doubt.left() != null) {
                left(e.member(), doubt.left());
            }
        }
        return tell(e);
    }

    /** Another member of the machine was seen well after the others: so was the machine. */
    private void seenWell(Event e) {
        if (e.detail() instanceof Detail.Onset onset
                && lastGood != null
                && onset.lastGood().isAfter(lastGood)
                && onset.lastGood().isBefore(named)
                && Duration.between(named, e.at()).compareTo(TOGETHER) <= 0) {
            lastGood = onset.lastGood();
            firstBad = onset.firstBad();
        }
    }

    /** One more line. */
    Draft tell(Event e) {
        seq = e.seq();
        timeline = timeline.with(Timeline.entry(e));
        return this;
    }

    /** An earlier run ended while it lasted; this one has just begun. */
    Draft recalled(Event e) {
        String why = out.isEmpty() ? "nobody of it is out any more: it ended meanwhile" : "it lasts on";
        seq = e.seq();
        timeline = timeline.with(
                new Incident.Entry(e.at(), "incident_recalled", "", "recalled from an earlier run: " + why, List.of()));
        if (out.isEmpty()) {
            end(e.at());
        }
        return this;
    }

    /** Its member is UP again. */
    void up(Event e) {
        out.remove(e.member());
        if (out.isEmpty()) {
            end(e.at());
        }
    }

    void end(Instant at) {
        out.clear();
        nowhere = false;
        ended = at;
    }

    /** It comes again. */
    void again(Event e) {
        ended = null;
        times++;
        cause = e.cause();
    }

    /** New requests went from some to others, or to nobody. */
    void moved(Event e, Detail.Moved moved) {
        boolean nobody = e.type().equals("nobody_serves");
        if (nobody && outage == null) {
            outage = e.at();
        }
        if (nowhere && !nobody && !members.containsAll(moved.to())) {
            nowhere = false;
            left = e.at();
        }
        for (String member : moved.from()) {
            if (out.contains(member) && !gone.contains(member) && nobody) {
                nowhere |= counts(member, e.at());
            } else if (out.contains(member)) {
                left(member, e.at());
            }
        }
    }

    private boolean counts(String member, Instant at) {
        return gone.add(member) && times == 1 && together(at);
    }

    private boolean together(Instant at) {
        return at.isBefore(named.plus(TOGETHER));
    }

    /** The last of those who fell together decides: until then requests may have gone to one of them. */
    private void left(String member, Instant at) {
        if (counts(member, at) && (left == null || left.isBefore(at))) {
            left = at;
        }
    }

    void remark(Event e, Detail.Remark said) {
        if (remarks.size() < REMARKS) {
            seq = e.seq();
            remarks.add(new Incident.Remark(e.at(), said.by(), said.text(), said.acknowledges()));
        }
    }

    /** A younger one was part of it from the beginning. */
    void merge(Draft younger, long atSeq) {
        members.addAll(younger.members);
        out.addAll(younger.out);
        gone.addAll(younger.gone);
        nowhere |= younger.nowhere;
        seq = atSeq;
        times = Math.max(times, younger.times);
        if (younger.left != null && together(younger.left) && (left == null || left.isBefore(younger.left))) {
            left = younger.left;
        }
        outage =
                outage == null || (younger.outage != null && younger.outage.isBefore(outage)) ? younger.outage : outage;
        drill &= younger.drill;
        planned &= younger.planned;
        timeline = timeline.with(younger.timeline);
        remarks.addAll(younger.remarks);
        remarks.sort(Comparator.comparing(Incident.Remark::at));
        remarks.subList(Math.min(REMARKS, remarks.size()), remarks.size()).clear();
    }

    Case done() {
        Incident incident = new Incident(
                id,
                seq,
                kind,
                subject,
                List.copyOf(members),
                cause,
                lastGood,
                firstBad,
                left,
                named,
                ended,
                times,
                promised,
                drill,
                planned,
                outage,
                timeline.entries(),
                timeline.leftOut(),
                remarks);
        return new Case(incident, out, gone, nowhere);
    }
}
