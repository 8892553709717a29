-- A database of schema 1, as Redthread 0.1 left it: one incident with one event and one item of work.
BEGIN TRANSACTION;
CREATE TABLE audit (
     id INTEGER PRIMARY KEY AUTOINCREMENT, recorded_at_ms INTEGER NOT NULL,
     body TEXT NOT NULL) STRICT;
CREATE TABLE dead_work (id INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT NOT NULL) STRICT;
CREATE TABLE dedupe (
     scope TEXT NOT NULL, dedupe_id TEXT NOT NULL, version INTEGER NOT NULL,
     expires_at_ms INTEGER NOT NULL, PRIMARY KEY (scope, dedupe_id)) STRICT, WITHOUT ROWID;
INSERT INTO "dedupe" VALUES('append','RT-1-after-0',1,1795433996526);
CREATE TABLE documents (incident_id TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT;
CREATE TABLE events (
     incident_id TEXT NOT NULL, version INTEGER NOT NULL, body TEXT NOT NULL,
     PRIMARY KEY (incident_id, version)) STRICT, WITHOUT ROWID;
INSERT INTO "events" VALUES('RT-1',1,'{"schemaVersion":1,"version":1,"atMs":1768467600000,"actor":{"kind":"person","userId":"U1"},"event":{"type":"note-added","noteId":"RT-1-after-0-1","text":"note RT-1-after-0-1"}}');
CREATE TABLE incidents (
     incident_id TEXT PRIMARY KEY, version INTEGER NOT NULL, state TEXT NOT NULL,
     summary TEXT NOT NULL, channel_id TEXT NOT NULL, status TEXT NOT NULL,
     opened_at_ms INTEGER NOT NULL, last_activity_at_ms INTEGER NOT NULL) STRICT;
INSERT INTO "incidents" VALUES('RT-1',1,'{"incidentId":"RT-1","version":1,"status":"open","title":"Checkout is slow","teamId":"T1","channelId":"C1","threadTs":null,"sourcePermalink":null,"severity":"sev2","ownerId":null,"openedBy":{"kind":"person","userId":"U1"},"openedAtMs":1768467600000,"startedAtMs":null,"lastActivityAtMs":1768467600000,"alarmNames":[],"resources":[],"regions":["eu-west-1"],"step":"identify","visits":[{"step":"identify","enteredAtMs":1768467600000,"leftAtMs":null,"reason":null}],"problem":null,"isolation":null,"notes":[],"capturedMessages":[],"gatherings":[],"evidence":[],"hypotheses":[],"plans":[],"verifications":[],"escalations":[],"findings":null,"closure":null,"reopenings":[],"publication":null,"abandonedWork":[]}','{"incidentId":"RT-1","channelId":"C1","status":"open","title":"Checkout is slow","severity":"sev2","ownerId":null,"step":"identify","openedAtMs":1768467600000,"lastActivityAtMs":1768467600000}','C1','open',1768467600000,1768467600000);
CREATE TABLE limiter (name TEXT PRIMARY KEY, next_slot_at_ms INTEGER NOT NULL) STRICT;
CREATE TABLE messages (
     incident_id TEXT NOT NULL, slot TEXT NOT NULL, body TEXT NOT NULL,
     PRIMARY KEY (incident_id, slot)) STRICT, WITHOUT ROWID;
CREATE TABLE threads (
     channel_id TEXT NOT NULL, thread_ts TEXT NOT NULL, incident_id TEXT NOT NULL,
     PRIMARY KEY (channel_id, thread_ts, incident_id)) STRICT, WITHOUT ROWID;
CREATE TABLE work (
     work_id TEXT PRIMARY KEY, due_at_ms INTEGER NOT NULL, payload TEXT NOT NULL,
     attempt INTEGER NOT NULL, generation INTEGER NOT NULL, claimed_generation INTEGER NOT NULL,
     failure_count INTEGER NOT NULL, held INTEGER NOT NULL) STRICT;
INSERT INTO "work" VALUES('render-1',1768467600000,'{"kind":"render","incidentId":"RT-1","replyUrl":null}',0,1,0,0,0);
CREATE TABLE work_sequence (last INTEGER NOT NULL) STRICT;
INSERT INTO "work_sequence" VALUES(1);
CREATE INDEX incidents_by_activity ON incidents (last_activity_at_ms, incident_id);
CREATE INDEX dedupe_by_expiry ON dedupe (expires_at_ms);
CREATE INDEX work_by_due ON work (due_at_ms, work_id);
PRAGMA user_version = 1;
COMMIT;
