BEGIN TRANSACTION;
CREATE TABLE aliases (alias text primary key, card text not null) strict, without rowid;
CREATE TABLE card_texts (digest text not null primary key, question text not null, answers text not null) strict;
INSERT INTO "card_texts" VALUES('digest','What is it?','["A thing."]');
CREATE TABLE counted_cards (
        card text primary key, turns integer not null, passed integer not null, incomplete integer not null)
        strict, without rowid;
INSERT INTO "counted_cards" VALUES('deck/card',1,0,0);
INSERT INTO "counted_cards" VALUES('deck/other',1,0,1);
CREATE TABLE counted_days (
        deck text not null, day integer not null, answers integer not null, practice integer not null,
        milliseconds integer not null, new integer not null, asked integer not null, passed integer not null,
        unsure integer not null, raised integer not null, lowered integer not null, adjusted integer not null,
        primary key (deck, day)) strict, without rowid;
INSERT INTO "counted_days" VALUES('',739677,2,0,2400,2,0,0,0,1,0,0);
INSERT INTO "counted_days" VALUES('deck',739677,2,0,2400,2,0,0,0,1,0,0);
CREATE TABLE counted_intervals (
        deck text not null, days integer not null, asked integer not null, passed integer not null,
        primary key (deck, days)) strict, without rowid;
CREATE TABLE counted_state (counted_from text not null) strict;
INSERT INTO "counted_state" VALUES('[[1, 4, []], [2, 1, 1]]');
CREATE TABLE decisions (
        number integer primary key, id text not null unique, device_id text not null, at_us integer not null,
        review_id text not null, quality integer not null check (quality between 0 and 5),
        by text not null, note text not null) strict;
INSERT INTO "decisions" VALUES(1,'00000003-0000-7000-8000-000000000001','device',1772442001000000,'00000001-0000-7000-8000-000000000000',4,'learner','');
CREATE TABLE events (
        number integer primary key, id text not null unique, device_id text not null, at_us integer not null,
        card text not null, kind text not null, value text not null, utc_offset_minutes integer not null) strict;
INSERT INTO "events" VALUES(1,'00000004-0000-7000-8000-000000000002','device',1772442000000000,'deck/card','flag','a note',0);
CREATE TABLE flagged_texts (event_id text primary key, digest text not null) strict, without rowid;
INSERT INTO "flagged_texts" VALUES('00000004-0000-7000-8000-000000000002','digest');
CREATE TABLE meta (key text primary key, value any not null) strict, without rowid;
INSERT INTO "meta" VALUES('device_id','0123456789abcdef0123456789abcdef');
INSERT INTO "meta" VALUES('facts_applied',4);
INSERT INTO "meta" VALUES('rules','rules 2, day from 4; sm2 36500');
INSERT INTO "meta" VALUES('schedules_missing',0);
CREATE TABLE reviews (
        number integer primary key, id text not null unique, device_id text not null, card text not null,
        card_digest text not null, session_id text not null, player text not null, at_us integer not null,
        utc_offset_minutes integer not null, answer text not null, score real not null, verdict text not null,
        quality integer not null check (quality between 0 and 5), points_made text not null,
        points_missed text not null, flags text not null,
        grader text not null, latency_ms integer not null, mode text not null) strict;
INSERT INTO "reviews" VALUES(1,'00000001-0000-7000-8000-000000000000','device','deck/card','digest','session','',1772442000000000,0,'an answer',0.4,'fail',2,'["one"]','["two"]','[]','test',1200,'study');
INSERT INTO "reviews" VALUES(2,'00000002-0000-7000-8000-000000000000','device','deck/other','digest','session','',1772442000000000,0,'naïve',1.0,'pass',5,'["one"]','["two"]','[]','test',1200,'study');
CREATE TABLE schedules (
        card text primary key, scheduler text not null, memory text not null, due text not null,
        last_reviewed_us integer, last_day text, last_quality integer, reviews integer not null,
        lapses integer not null, suspended integer not null, buried_until text) strict, without rowid;
INSERT INTO "schedules" VALUES('deck/card','sm2','[1, 250, 1]','2026-03-03',1772442000000000,'2026-03-02',4,1,0,0,NULL);
INSERT INTO "schedules" VALUES('deck/other','sm2','[1, 260, 1]','2026-03-03',1772442000000000,'2026-03-02',5,1,0,0,NULL);
CREATE TABLE settled_proposals (
        card text not null, wording text not null, outcome text not null, at_us integer not null,
        primary key (card, wording)) strict, without rowid;
INSERT INTO "settled_proposals" VALUES('deck/card','0123456789abcdef','rejected',1772442002000000);
CREATE INDEX reviews_by_time on reviews (at_us);
CREATE INDEX decisions_by_review on decisions (review_id);
CREATE INDEX events_by_card on events (card);
CREATE TRIGGER reviews_are_never_changed before update on reviews begin select raise(abort, 'the log is append-only'); end;
CREATE TRIGGER reviews_are_never_deleted before delete on reviews begin select raise(abort, 'the log is append-only'); end;
CREATE TRIGGER decisions_are_never_changed before update on decisions begin select raise(abort, 'the log is append-only'); end;
CREATE TRIGGER decisions_are_never_deleted before delete on decisions begin select raise(abort, 'the log is append-only'); end;
CREATE TRIGGER events_are_never_changed before update on events begin select raise(abort, 'the log is append-only'); end;
CREATE TRIGGER events_are_never_deleted before delete on events begin select raise(abort, 'the log is append-only'); end;
CREATE TRIGGER schedules_are_missed after delete on schedules
        begin update meta set value = value + 1 where key = 'schedules_missing'; end;
CREATE INDEX schedules_by_due on schedules (due) where reviews > 0 and suspended = 0;
CREATE INDEX schedules_by_last_day on schedules (last_day, last_quality, reviews);
CREATE INDEX aliases_by_card on aliases (card);
CREATE INDEX events_that_void on events (value) where kind = 'void';
CREATE INDEX reviews_in_order on reviews (card, at_us, id, utc_offset_minutes, mode, quality);
CREATE INDEX counted_cards_by_result on counted_cards (turns, passed);
CREATE INDEX counted_cards_by_incomplete on counted_cards (incomplete);
PRAGMA user_version=3;
PRAGMA application_id=1364875858;
COMMIT;
