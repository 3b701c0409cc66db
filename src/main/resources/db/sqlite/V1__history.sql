-- What Echogate remembers. Times are milliseconds since 1970, but for `second` and `start`: seconds.

-- Everybody who was ever asked. Numbers are never given anew.
CREATE TABLE member (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE
);

-- The monitor's runs, and when each was last known to be alive.
CREATE TABLE run (
    epoch INTEGER PRIMARY KEY,
    began INTEGER NOT NULL,
    alive INTEGER NOT NULL
);

-- What was counted in each second, of all together; until it is in blocks.
CREATE TABLE moment (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    second INTEGER NOT NULL,
    data BLOB NOT NULL
);
CREATE INDEX moment_second ON moment (second);

-- What was counted of one series over sixty steps.
CREATE TABLE block (
    step INTEGER NOT NULL,
    start INTEGER NOT NULL,
    series INTEGER NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY (step, start, series)
) WITHOUT ROWID;

-- Up to when each tier's blocks are complete and in the next coarser tier, too.
CREATE TABLE mark (
    step INTEGER PRIMARY KEY,
    upto INTEGER NOT NULL
);

CREATE TABLE event (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    type TEXT NOT NULL,
    member TEXT NOT NULL,
    data TEXT NOT NULL,
    UNIQUE (epoch, seq)
);
CREATE INDEX event_at ON event (at);
CREATE INDEX event_type ON event (type, at);

-- How a member stood from then on: verdict, intent, machine, whether it served. Member 0 is the pool.
CREATE TABLE standing (
    epoch INTEGER NOT NULL,
    member INTEGER NOT NULL,
    at INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    data TEXT NOT NULL,
    PRIMARY KEY (epoch, member, at, seq)
) WITHOUT ROWID;

-- What operators wanted, and who.
CREATE TABLE intent (
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    member INTEGER NOT NULL,
    at INTEGER NOT NULL,
    data TEXT NOT NULL,
    PRIMARY KEY (epoch, seq)
) WITHOUT ROWID;

CREATE TABLE incident (
    id TEXT PRIMARY KEY,
    named INTEGER NOT NULL,
    ended INTEGER,
    data TEXT NOT NULL
);
CREATE INDEX incident_named ON incident (named);
