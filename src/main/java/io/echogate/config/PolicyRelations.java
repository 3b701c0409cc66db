package io.echogate.config;

import io.echogate.config.ConfigMapping.Placed;
import java.util.List;
import java.util.Set;

/** What must hold between the policy, its options and the members. A key with a fault of its own is passed over. */
final class PolicyRelations {
    private final PolicyRules rules;
    private final List<Placed> members;
    private final Notes notes;
    private final Set<String> faulty;

    private PolicyRelations(ConfigMapping read, Notes notes) {
        this.rules = read.config().policy();
        this.members = read.members();
        this.notes = notes;
        this.faulty = notes.faulty();
    }

    static void check(ConfigMapping read, Notes notes) {
        PolicyRelations relations = new PolicyRelations(read, notes);
        if (!relations.faulty.contains("policy")) {
            relations.onlyWith(PolicyName.HASH, "hash.on", "hash.name");
            relations.onlyWith(PolicyName.STICKY, "sticky.cookie", "sticky.secretFile");
            relations.hashKey();
            relations.slowStart();
            relations.members.forEach(relations::weight);
        }
        relations.members.forEach(relations::oneTier);
        relations.tiers();
    }

    private void onlyWith(PolicyName policy, String... keys) {
        for (String key : keys) {
            boolean lost = written(key) && rules.name() != policy;
            refuse(lost, key, "has no meaning with policy " + rules.name().word(), "policy: " + policy.word());
        }
    }

    private void hashKey() {
        PolicyRules.Key on = rules.hash().on();
        boolean named = on == PolicyRules.Key.HEADER || on == PolicyRules.Key.COOKIE;
        if (rules.name() != PolicyName.HASH || faulty.contains("hash.on") || faulty.contains("hash.name")) {
            return;
        }
        refuse(
                named && rules.hash().name() == null,
                "hash.on",
                "which " + (on == PolicyRules.Key.COOKIE ? "cookie" : "header field") + " is not said",
                "hash.name beside it");
        refuse(!named && rules.hash().name() != null, "hash.name", "names neither a header nor a cookie", "no name");
    }

    private void slowStart() {
        boolean lost = written("slowStart") && !rules.name().startsSlowly();
        refuse(lost, "slowStart", "has no meaning with policy " + rules.name().word(), "a policy that gives shares");
    }

    private void weight(Placed placed) {
        boolean lost = placed.weight() != 1 && !rules.name().weighs();
        refuse(
                lost,
                placed.key() + ".weight",
                placed.weight() + " has no meaning with policy " + rules.name().word(),
                "policy: weighted, least-requests, p2c, hash or sticky");
    }

    private void oneTier(Placed placed) {
        String priority = placed.key() + ".priority";
        refuse(
                placed.priority() == MemberConfig.BACKUP && written(priority),
                priority,
                "beside backup: true, which is the last tier already",
                "one of the two");
    }

    private void tiers() {
        int last = members.stream().mapToInt(Placed::priority).max().orElse(1);
        long better = members.stream().filter(m -> m.priority() < last).count();
        if (better > 0) {
            refuse(
                    rules.joinBelow() > better,
                    "joinBelow",
                    rules.joinBelow() + " is more than the members of all tiers but the last (" + better
                            + "): it would always have joined",
                    "at most " + better);
        } else if (!members.isEmpty()) {
            refuse(rules.joinBelow() > 1, "joinBelow", "all members are of one tier", "priority or backup at a member");
            refuse(
                    last == MemberConfig.BACKUP,
                    members.getFirst().key() + ".backup",
                    "every member is a backup",
                    "a member that it stands in for");
        }
    }

    private boolean written(String key) {
        return notes.positions().containsKey(key);
    }

    private void refuse(boolean wrong, String key, String problem, String expected) {
        if (wrong && !faulty.contains(key)) {
            notes.add(notes.at(key), key, problem, expected);
        }
    }
}
