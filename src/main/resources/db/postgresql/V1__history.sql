-- What Echogate remembers. Times are milliseconds since 1970, but for `second` and `start`: seconds.

-- Everybody who was ever asked. Numbers are never given anew.
CREATE TABLE member (
    id BIGSERIAL PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
);

-- The monitor's runs, and when each was last known to be alive.
CREATE TABLE run (
    epoch BIGINT PRIMARY KEY,
    began BIGINT NOT NULL,
    alive BIGINT NOT NULL
);

-- What was counted in each second, of all together; until it is in blocks.
CREATE TABLE moment (
    id BIGSERIAL PRIMARY KEY,
    second BIGINT NOT NULL,
    data BYTEA NOT NULL
);
CREATE INDEX moment_second ON moment (second);

-- What was counted of one series over sixty steps.
CREATE TABLE block (
    step BIGINT NOT NULL,
    start BIGINT NOT NULL,
    series BIGINT NOT NULL,
    data BYTEA NOT NULL,
    PRIMARY KEY (step, start, series)
);

-- Up to when each tier's blocks are complete and in the next coarser tier, too.
CREATE TABLE mark (
    step BIGINT PRIMARY KEY,
    upto BIGINT NOT NULL
);

CREATE TABLE event (
    id BIGSERIAL PRIMARY KEY,
    epoch BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    at BIGINT NOT NULL,
    type TEXT NOT NULL,
    member TEXT NOT NULL,
    data TEXT NOT NULL,
    UNIQUE (epoch, seq)
);
CREATE INDEX event_at ON event (at);
CREATE INDEX event_type ON event (type, at);

-- How a member stood from then on: verdict, intent, machine, whether it served. Member 0 is the pool.
CREATE TABLE standing (
    epoch BIGINT NOT NULL,
    member BIGINT NOT NULL,
    at BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    data TEXT NOT NULL,
    PRIMARY KEY (epoch, member, at, seq)
);

-- What operators wanted, and who.
CREATE TABLE intent (
    epoch BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    member BIGINT NOT NULL,
    at BIGINT NOT NULL,
    data TEXT NOT NULL,
    PRIMARY KEY (epoch, seq)
);

CREATE TABLE incident (
    id TEXT PRIMARY KEY,
    named BIGINT NOT NULL,
    ended BIGINT,
    data TEXT NOT NULL
);
CREATE INDEX incident_named ON incident (named);
