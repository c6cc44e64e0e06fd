-- The desk's store. Runs as desk_owner; at run time everybody connects as desk_app, desk_reader or portal (law 9).
-- Facts keep two times: *_at of the outside or of a run's as_of is legal time; recorded_at is machine time (law 1).

-- The office ---------------------------------------------------------------------------------------------------------

-- The whole office as loaded from office/, one row a version; nothing is ever half-loaded. calendar_version counts only
-- changes of the working calendar: open questions with an older one are due for re-dating (A14). content is json, not
-- jsonb: the order in which the office lists its classes is part of what it says.
CREATE TABLE office_version (
    version          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    calendar_version bigint      NOT NULL,
    sha256           text        NOT NULL,
    calendar_sha256  text        NOT NULL,
    content          json        NOT NULL,
    loaded_at        timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- Every unit that ever was on a chart, so that an assignment can point to it; what is in force on a day is in the office.
CREATE TABLE unit (
    unit_code text PRIMARY KEY,
    name      text NOT NULL
);

-- Whether letters and messages leave: the newest row counts. Append only: switching on is an act (law 14).
CREATE TABLE delivery_mode (
    delivery_mode_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    mode             text        NOT NULL CHECK (mode IN ('hold', 'pilot', 'live')),
    acting_officer   text        NOT NULL,
    reason           text        NOT NULL,
    recorded_at      timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- Zalo: tokens and budget --------------------------------------------------------------------------------------------

-- Append only: the pair with the newest received_at is current, whoever received it (A13). Of a refresh that is the
-- moment it began, so that a pair found in the spool later does not overtake a consent given in between.
CREATE TABLE oa_token (
    oa_token_id   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    access_token  text        NOT NULL,
    refresh_token text        NOT NULL,
    expires_at    timestamptz NOT NULL,
    received_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    source        text        NOT NULL CHECK (source IN ('settings', 'consent', 'refresh', 'spool'))
);
CREATE UNIQUE INDEX oa_token_pair ON oa_token (md5(access_token || ' ' || refresh_token));

-- One row an attempt to refresh; ended_at stays empty when the process died in between: the outcome is then unknown.
CREATE TABLE token_refresh (
    token_refresh_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    of_token_id      bigint      NOT NULL REFERENCES oa_token,
    started_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    lease_until      timestamptz NOT NULL,
    ended_at         timestamptz,
    outcome          text
);
CREATE UNIQUE INDEX token_refresh_open ON token_refresh ((true)) WHERE ended_at IS NULL;

-- Calls taken from Zalo's allowance of a minute, in blocks, by every worker of the app (A16).
CREATE TABLE rate_budget (
    app_id text        NOT NULL,
    minute timestamptz NOT NULL,
    taken  integer     NOT NULL,
    PRIMARY KEY (app_id, minute)
);

-- Messages -----------------------------------------------------------------------------------------------------------

-- complete_to: the newest row met by the last complete walk; all rows up to it are stored. walked_at: when that walk
-- began. last_act_at: the citizen's own newest act, which opens Zalo's window. seal_due_at: when the oldest unsealed
-- message may be sealed; null where nothing waits. sealed_to: the newest sealed message: what turns up before it comes
-- late and never regroups (A23).
CREATE TABLE citizen (
    user_id      text PRIMARY KEY,
    display_name text        NOT NULL DEFAULT '',
    complete_to  timestamptz,
    walked_at    timestamptz,
    last_act_at  timestamptz,
    seal_due_at  timestamptz,
    sealed_to    timestamptz,
    prompted_at  timestamptz,
    privacy_told_at timestamptz,
    parked_at    timestamptz,
    recorded_at  timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX citizen_to_seal ON citizen (seal_due_at, user_id) WHERE seal_due_at IS NOT NULL AND parked_at IS NULL;

-- Cursor (a) of A2: how far listrecentchat was read; moves only in the transaction that stores the todo rows. swept_at:
-- when the newest complete sweep began; whoever has no todo row is completely pulled up to then.
CREATE TABLE pull_cursor (
    oa_id      text PRIMARY KEY,
    high_water timestamptz NOT NULL,
    swept_at   timestamptz NOT NULL
);

-- Cursor (b) of A2: whose conversation must be walked, down to the citizen's complete_to. seen_id: the newest row that
-- the sweep saw and the store lacks; a walk that does not meet it is not complete.
CREATE TABLE pull_todo (
    user_id         text PRIMARY KEY REFERENCES citizen,
    seen_up_to      timestamptz NOT NULL,
    seen_id         text,
    attempts        integer     NOT NULL DEFAULT 0,
    next_attempt_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    reason          text,
    added_at        timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX pull_todo_due ON pull_todo (next_attempt_at, user_id);

-- Outbox -------------------------------------------------------------------------------------------------------------

-- What stands for a letter's key in its Message-ID (mail_addresses.key_digest): by it a reply finds the letter.
CREATE FUNCTION letter_digest(key text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN left(encode(sha256(convert_to(key, 'UTF8')), 'hex'), 32);

-- Every letter and message that leaves. key makes queueing twice harmless; outbox_id is the order within a stream: only
-- the lowest open row of a stream may be claimed. parts: what was rendered; body: the bytes, fixed before the first try.
-- digest is kept, because an index on the expression would reckon it anew at each record of a delivery.
CREATE TABLE outbox (
    outbox_id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key             text        NOT NULL UNIQUE,
    digest          text GENERATED ALWAYS AS (letter_digest(key)) STORED,
    channel         text        NOT NULL CHECK (channel IN ('zalo', 'mail')),
    kind            text        NOT NULL,
    stream          text        NOT NULL,
    recipient       text        NOT NULL,
    question_id     bigint,
    assignment_id   bigint,
    content_item_id bigint,
    parts           jsonb,
    body            bytea,
    queued_on       date        NOT NULL,
    state           text        NOT NULL DEFAULT 'queued'
                    CHECK (state IN ('queued', 'sending', 'uncertain', 'sent', 'failed', 'cancelled')),
    attempts        integer     NOT NULL DEFAULT 0,
    next_attempt_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    expires_at      timestamptz,
    lease_until     timestamptz,
    leased_by       text,
    uncertain_at    timestamptz,
    walks_without   integer     NOT NULL DEFAULT 0,
    repeated        boolean     NOT NULL DEFAULT false,
    outside_id      text,
    outcome         text,
    sent_at         timestamptz,
    copy_seen_at    timestamptz,
    recorded_at     timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX outbox_letter ON outbox (digest) WHERE channel = 'mail';
CREATE INDEX outbox_due ON outbox (channel, next_attempt_at, outbox_id) WHERE state = 'queued';
CREATE INDEX outbox_open_stream ON outbox (stream, outbox_id) WHERE state IN ('queued', 'sending', 'uncertain');
CREATE INDEX outbox_sending ON outbox (lease_until) WHERE state = 'sending';
CREATE INDEX outbox_uncertain ON outbox (recipient, uncertain_at) WHERE state = 'uncertain';
CREATE UNIQUE INDEX outbox_outside_id ON outbox (channel, outside_id) WHERE outside_id IS NOT NULL;
CREATE INDEX outbox_to_erase ON outbox (recorded_at) WHERE parts IS NOT NULL AND state IN ('sent', 'failed', 'cancelled');
CREATE INDEX outbox_body ON outbox (outbox_id)
    WHERE channel = 'mail' AND state = 'sent' AND body IS NOT NULL AND copy_seen_at IS NOT NULL;
CREATE INDEX outbox_of_day ON outbox (queued_on, stream) WHERE channel = 'zalo';
CREATE INDEX outbox_of_question ON outbox (question_id) WHERE question_id IS NOT NULL;
CREATE INDEX outbox_of_content_item ON outbox (content_item_id) WHERE content_item_id IS NOT NULL;

-- Questions ----------------------------------------------------------------------------------------------------------

CREATE SEQUENCE question_number;

-- A sealed burst of one citizen. text is what the rules read (NFC, control characters gone, capped); the rows as pulled
-- stay in message. closed_at is empty as long as somebody owes something. closed_unanswered: what was asked back never
-- came; any reply opens the question again. agreed_on: the later day that an apology, or an extension, has named.
-- late_told_for: the day that passed without an answer, once the Ban Quản trị has heard that it did. window_closes_at:
-- until when Zalo lets the desk write; window_look_at: when to see whether the citizen is to be asked for a sign, a time too
-- early costs one look. merged_into: the question of the same citizen that has what this one asked, since a person said so;
-- never one that was merged itself.
CREATE TABLE question (
    question_id           bigint PRIMARY KEY,
    case_code             text        NOT NULL UNIQUE,
    user_id               text        NOT NULL REFERENCES citizen,
    state                 text        NOT NULL
                          CHECK (state IN ('sealed', 'in_triage', 'with_duty', 'redirect_proposed', 'routed',
                                           'awaiting_citizen', 'answer_proposed', 'answer_leaving', 'answered_by_hand',
                                           'answered', 'closed', 'merged')),
    text                  text        NOT NULL,
    opened_as             text        NOT NULL DEFAULT 'question' CHECK (opened_as IN ('question', 'media', 'abuse')),
    has_media             boolean     NOT NULL DEFAULT false,
    is_late               boolean     NOT NULL DEFAULT false,
    topics                text[]      NOT NULL DEFAULT '{}',
    sensitive             text,
    urgent                text,
    received_at           timestamptz NOT NULL,
    last_message_at       timestamptz NOT NULL,
    sealed_at             timestamptz NOT NULL,
    acknowledged          boolean     NOT NULL DEFAULT false,
    unit_count            integer,
    promised_on           date,
    due_by_rule_on        date,
    promised_because      text,
    calendar_version      bigint,
    moved_from            date,
    window_closes_at      timestamptz NOT NULL,
    window_look_at        timestamptz,
    keep_open_asked_at    timestamptz,
    refusals              integer     NOT NULL DEFAULT 0,
    agreed_on             date,
    apologised_at         timestamptz,
    late_told_for         date,
    closed_unanswered     boolean     NOT NULL DEFAULT false,
    answered_at           timestamptz,
    reported_at           timestamptz,
    routed_at             timestamptz,
    closed_at             timestamptz,
    parked_at             timestamptz,
    merged_into           bigint REFERENCES question,
    recorded_at           timestamptz NOT NULL DEFAULT clock_timestamp(),
    CHECK ((state = 'merged') = (merged_into IS NOT NULL))
);
CREATE INDEX question_to_route ON question (question_id) WHERE state = 'sealed' AND parked_at IS NULL;
CREATE INDEX question_to_redate ON question (calendar_version, question_id)
    WHERE closed_at IS NULL AND due_by_rule_on IS NOT NULL AND parked_at IS NULL;
CREATE INDEX question_moved ON question (question_id) WHERE moved_from IS NOT NULL AND closed_at IS NULL;
CREATE INDEX question_to_report ON question (question_id) WHERE reported_at IS NULL AND state <> 'sealed';
CREATE INDEX question_to_erase ON question (closed_at) WHERE closed_at IS NOT NULL AND text <> '';
CREATE INDEX question_open_of_citizen ON question (user_id, question_id)
    WHERE closed_at IS NULL OR closed_unanswered OR state = 'answered';
CREATE INDEX question_window ON question (window_look_at, user_id, question_id) WHERE window_look_at IS NOT NULL;
CREATE INDEX question_awaiting_citizen ON question (question_id) WHERE state = 'awaiting_citizen';
CREATE INDEX question_due ON question (coalesce(promised_on, due_by_rule_on), question_id) WHERE closed_at IS NULL;
CREATE INDEX question_of_citizen ON question (user_id, received_at);
CREATE INDEX question_merged ON question (merged_into) WHERE merged_into IS NOT NULL;

-- Rows as pulled: raw is the row's JSON to the letter (json, not jsonb: it may hold a NUL escape). purpose is what the
-- row was taken for; empty only while the citizen's burst is not sealed. Rows of the OA carry the outbox row they echo.
CREATE TABLE message (
    message_id   text PRIMARY KEY,
    user_id      text        NOT NULL REFERENCES citizen,
    from_citizen boolean     NOT NULL,
    sent_at      timestamptz NOT NULL,
    kind         text        NOT NULL,
    text         text        NOT NULL,
    quoted_id    text,
    media_url    text,
    raw          json,
    purpose      text CHECK (purpose IN ('question', 'follow_up', 'late', 'thanks', 'greeting', 'asks_how_far',
                                         'advertisement', 'abuse', 'media', 'keep_open', 'rating', 'unreadable',
                                         'history', 'echo', 'by_hand')),
    question_id  bigint REFERENCES question,
    outbox_id    bigint REFERENCES outbox,
    passed_on_at timestamptz,
    recorded_at  timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX message_to_pass_on ON message (question_id) WHERE purpose IN ('follow_up', 'late') AND passed_on_at IS NULL;
CREATE INDEX message_unsealed ON message (user_id, sent_at) WHERE purpose IS NULL;
CREATE INDEX message_of_citizen ON message (user_id, sent_at);
CREATE INDEX message_to_erase ON message (sent_at) WHERE raw IS NOT NULL AND purpose IS NOT NULL;
CREATE INDEX message_of_question ON message (question_id) WHERE question_id IS NOT NULL;

-- What a citizen sent as a file: fetched soon, because Zalo's links may expire.
CREATE TABLE media (
    message_id      text PRIMARY KEY REFERENCES message,
    url             text        NOT NULL,
    content_type    text,
    content         bytea,
    refused         text,
    attempts        integer     NOT NULL DEFAULT 0,
    next_attempt_at timestamptz DEFAULT clock_timestamp()
);
CREATE INDEX media_to_fetch ON media (next_attempt_at, message_id) WHERE next_attempt_at IS NOT NULL;

-- What the classifier said, one row a time it was asked; the newest counts.
CREATE TABLE classification (
    classification_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    question_id       bigint      NOT NULL REFERENCES question,
    topics            text[]      NOT NULL,
    competences       text[]      NOT NULL,
    scope             text        NOT NULL CHECK (scope IN ('in', 'oos', 'mixed', 'noise')),
    redirect          text[]      NOT NULL,
    confidence        real        NOT NULL,
    evidence          jsonb       NOT NULL,
    version           text        NOT NULL,
    decision          text        NOT NULL,
    recorded_at       timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX classification_of_question ON classification (question_id, classification_id);

-- What became of each fitted model, by the hash of its files: beside the one in use, in use (the newest such row counts),
-- taken out of use. metrics: how good it was when it was fitted. Append only.
CREATE TABLE classifier_version (
    classifier_version_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    sha256                text        NOT NULL,
    state                 text        NOT NULL CHECK (state IN ('shadow', 'promoted', 'retired')),
    acting_officer        text        NOT NULL,
    trained_at            timestamptz NOT NULL,
    metrics               jsonb       NOT NULL,
    recorded_at           timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX classifier_version_promoted ON classifier_version (classifier_version_id) WHERE state = 'promoted';

-- What a person decided a question is about, beside what the classifier had said; the newest of a question counts. No
-- topics and no redirect: the units chosen do not tell which topic was meant. Append only.
CREATE TABLE label_event (
    label_event_id  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    question_id     bigint      NOT NULL REFERENCES question,
    said_topics     text[]      NOT NULL,
    said_units      text[]      NOT NULL,
    topics          text[]      NOT NULL,
    units           text[]      NOT NULL,
    redirect        text[]      NOT NULL,
    officer         text        NOT NULL,
    reason          text        NOT NULL,
    decided_at      timestamptz NOT NULL,
    recorded_at     timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX label_event_of_question ON label_event (question_id, label_event_id);

-- A question at one unit: its own thread, clock and state. place_unit: the provincial office, where the unit is by place.
-- version counts the times the unit was asked; lettered_at is empty while the question waits for the unit's next table of
-- questions. next_step_at: when the chase looks at it next; a time too early costs one look, after which it is right.
-- silent_until: the chase keeps still until then. replied_at: when the reply that is an answer arrived. passed_to: whom
-- the unit gave it to, named in the next reminder. thanked_on: when the unit heard that the answer reached the citizen.
CREATE TABLE assignment (
    assignment_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    question_id   bigint      NOT NULL REFERENCES question,
    unit_code     text        NOT NULL REFERENCES unit,
    place_unit    text,
    state         text        NOT NULL DEFAULT 'awaiting' CHECK (state IN ('awaiting', 'replied', 'withdrawn', 'closed')),
    version       integer     NOT NULL DEFAULT 1,
    lettered_on   date        NOT NULL,
    lettered_at   timestamptz,
    unit_due_on   date        NOT NULL,
    unit_because  text        NOT NULL,
    told_on       date        NOT NULL,
    calendar_version bigint   NOT NULL,
    moved_from    date,
    next_step_at  timestamptz,
    silent_until  timestamptz,
    acknowledged_at timestamptz,
    replied_at    timestamptz,
    passed_to     text        NOT NULL DEFAULT '',
    thanked_on    date,
    recorded_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (question_id, unit_code)
);
CREATE INDEX assignment_to_chase ON assignment (next_step_at, unit_code, assignment_id)
    WHERE state = 'awaiting' AND next_step_at IS NOT NULL;
CREATE INDEX assignment_replied ON assignment (question_id) WHERE state = 'replied';
CREATE INDEX assignment_to_table ON assignment (unit_code, place_unit, assignment_id) WHERE lettered_at IS NULL AND state = 'awaiting';
CREATE INDEX assignment_to_thank ON assignment (unit_code, assignment_id)
    WHERE state = 'closed' AND replied_at IS NOT NULL AND thanked_on IS NULL;
CREATE INDEX assignment_to_erase ON assignment (question_id) WHERE passed_to <> '';
CREATE INDEX assignment_moved ON assignment (unit_code, assignment_id) WHERE moved_from IS NOT NULL AND state = 'awaiting';

-- People and history -------------------------------------------------------------------------------------------------

-- What a person must look at. proposals: what the machine would do, best first; remedy: the word or form that closes it.
-- Work that is asked by mail keeps what the letter shows, who got it when, and how far up the ladder of duty it has gone.
CREATE TABLE work_item (
    work_item_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key          text        NOT NULL UNIQUE,
    kind         text        NOT NULL,
    reason       text        NOT NULL,
    owner        text        NOT NULL,
    remedy       text        NOT NULL,
    proposals    jsonb       NOT NULL DEFAULT '[]',
    question_id  bigint REFERENCES question,
    content_item_id bigint,
    outbox_id    bigint REFERENCES outbox,
    traceback_id text,
    traceback    text,
    asked        jsonb,
    asked_of     text,
    asked_at     timestamptz,
    times_asked  integer     NOT NULL DEFAULT 0,
    opened_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    closed_at    timestamptz,
    closed_by    text,
    outcome      text
);
CREATE INDEX work_item_open ON work_item (kind, opened_at) WHERE closed_at IS NULL;
CREATE INDEX work_item_asked ON work_item (asked_at, work_item_id) WHERE closed_at IS NULL AND asked_at IS NOT NULL;
CREATE INDEX work_item_to_erase ON work_item (closed_at)
    WHERE closed_at IS NOT NULL AND (asked IS NOT NULL OR proposals <> '[]');
CREATE INDEX work_item_of_question ON work_item (question_id) WHERE question_id IS NOT NULL;
CREATE INDEX work_item_of_content_item ON work_item (content_item_id) WHERE content_item_id IS NOT NULL;

-- Which officials were asked by mail to sort a question, when first, when last, and in how many letters.
CREATE TABLE sorter (
    work_item_id  bigint      NOT NULL REFERENCES work_item,
    official_code text        NOT NULL,
    asked_at      timestamptz NOT NULL,
    told_at       timestamptz NOT NULL,
    letters       integer     NOT NULL DEFAULT 1,
    PRIMARY KEY (work_item_id, official_code)
);

-- The slots of a day at which officials were asked about what had been held: what is held later waits for the next one.
CREATE TABLE asking_slot (
    kind    text NOT NULL,
    held_on date NOT NULL,
    slot    time NOT NULL,
    PRIMARY KEY (kind, held_on, slot)
);

-- Every change of state, written in the transaction that makes it, with the Prefect run. details: codes, dates, counts.
CREATE TABLE event (
    event_id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind          text        NOT NULL,
    question_id   bigint,
    assignment_id bigint,
    content_item_id bigint,
    outbox_id     bigint,
    as_of         timestamptz,
    actor         text        NOT NULL DEFAULT 'desk',
    details       jsonb       NOT NULL DEFAULT '{}',
    flow_run_id   text        DEFAULT nullif(current_setting('desk.flow_run', true), ''),
    recorded_at   timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX event_triaged ON event (event_id) WHERE kind = 'triaged';
CREATE INDEX event_of_question ON event (question_id, event_id) WHERE question_id IS NOT NULL;
CREATE INDEX event_of_content_item ON event (content_item_id, event_id) WHERE content_item_id IS NOT NULL;

-- Mail in ------------------------------------------------------------------------------------------------------------

-- How far the desk's own mailbox was read; under another uid_validity its UIDs mean nothing.
CREATE TABLE mailbox_cursor (
    folder       text PRIMARY KEY,
    uid_validity bigint NOT NULL,
    uid          bigint NOT NULL
);

-- Every mail of the desk's mailbox as it came, before anybody read it; kind is empty until it is read. A mail that shows
-- up again under another UIDVALIDITY has the same hash. received_at is the server's: when a unit replied. is_cut: too
-- large to be fetched, raw holds its headers alone.
CREATE TABLE inbound_mail (
    inbound_mail_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    folder          text        NOT NULL,
    uid_validity    bigint      NOT NULL,
    uid             bigint      NOT NULL,
    sha256          bytea       NOT NULL UNIQUE,
    raw             bytea,
    is_cut          boolean     NOT NULL DEFAULT false,
    received_at     timestamptz NOT NULL,
    from_address    text        NOT NULL DEFAULT '',
    kind            text CHECK (kind IN ('reply', 'decision', 'own_copy', 'bounce', 'auto_reply', 'receipt', 'list', 'loop',
                                         'draft', 'held')),
    held_because    text,
    read_at         timestamptz,
    parked_at       timestamptz,
    recorded_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (folder, uid_validity, uid)
);
CREATE INDEX inbound_mail_to_read ON inbound_mail (inbound_mail_id) WHERE kind IS NULL AND parked_at IS NULL;
CREATE INDEX inbound_mail_to_erase ON inbound_mail (received_at) WHERE raw IS NOT NULL AND kind IS NOT NULL;

-- What a unit wrote back: one row a mail and assignment. text is a view of full_text: quotes and signatures stripped.
-- letter_number and letter_on are read from it, and shown to a citizen only once an official has confirmed them (U7).
-- content_sha256: of the text, the files and the version of the assignment: the same reply counts once, until asked anew.
CREATE TABLE reply (
    reply_id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    inbound_mail_id bigint      NOT NULL REFERENCES inbound_mail,
    question_id     bigint      NOT NULL REFERENCES question,
    assignment_id   bigint      NOT NULL REFERENCES assignment,
    reading         text        NOT NULL CHECK (reading IN ('answer', 'acknowledged', 'passed_on', 'interim',
                                                            'question_back', 'command', 'unsure')),
    standing        text        NOT NULL CHECK (standing IN ('listed', 'colleague', 'listed_by_code', 'other_unit',
                                                             'released')),
    from_address    text        NOT NULL,
    text            text        NOT NULL,
    full_text       text        NOT NULL,
    content_sha256  bytea       NOT NULL,
    answers_for_all boolean     NOT NULL DEFAULT false,
    letter_number   text,
    letter_on       date,
    letter_confirmed_by text,
    received_at     timestamptz NOT NULL,
    recorded_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (assignment_id, inbound_mail_id),
    UNIQUE (assignment_id, content_sha256)
);
CREATE INDEX reply_of_question ON reply (question_id, reply_id);
CREATE INDEX reply_to_erase ON reply (received_at) WHERE full_text <> '';

-- Every leaf of a mail that is not its text, by what it is and not by what it is called; form is empty until it has been
-- looked into, at inspect_after or later. refused: why the file itself goes to no citizen. text: what a Word draft says.
CREATE TABLE attachment (
    attachment_id   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    inbound_mail_id bigint      NOT NULL REFERENCES inbound_mail,
    position        integer     NOT NULL,
    name            text        NOT NULL,
    declared_type   text        NOT NULL,
    is_inline       boolean     NOT NULL,
    sha256          bytea       NOT NULL,
    content         bytea,
    form            text CHECK (form IN ('pdf', 'image', 'word', 'signature', 'calendar', 'text', 'archive', 'mail',
                                         'encrypted', 'broken', 'unknown')),
    is_signed       boolean     NOT NULL DEFAULT false,
    text            text,
    refused         text,
    attempts        integer     NOT NULL DEFAULT 0,
    inspect_after   timestamptz NOT NULL DEFAULT clock_timestamp(),
    recorded_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (inbound_mail_id, position)
);
CREATE INDEX attachment_to_inspect ON attachment (inspect_after, attachment_id) WHERE form IS NULL;
CREATE INDEX attachment_of_content ON attachment (sha256);
CREATE INDEX attachment_to_erase ON attachment (recorded_at) WHERE content IS NOT NULL AND form IS NOT NULL;

-- The pages of a letter as a citizen gets them: upright JPEG files that a telephone shows.
CREATE TABLE attachment_page (
    attachment_id bigint  NOT NULL REFERENCES attachment,
    number        integer NOT NULL,
    sha256        bytea   NOT NULL,
    content       bytea,
    PRIMARY KEY (attachment_id, number)
);

-- What was seen of an address: mail to it bounced, or whoever reads it is away until a day.
CREATE TABLE address_notice (
    address         text PRIMARY KEY,
    bounced_at      timestamptz,
    bounce_status   text,
    absent_until    date,
    inbound_mail_id bigint REFERENCES inbound_mail,
    recorded_at     timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- Senders a duty officer has let in for a unit or a provincial office: who was let in once is not held again (U14).
CREATE TABLE admitted_sender (
    address         text        NOT NULL,
    unit_code       text        NOT NULL,
    admitted_by     text        NOT NULL,
    inbound_mail_id bigint REFERENCES inbound_mail,
    recorded_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (address, unit_code)
);

-- Answers ------------------------------------------------------------------------------------------------------------

-- One row a version of what a citizen is to read; at most one of a question is in hand. missing_units: who has not
-- replied. remarks: what the duty officer must look at. asked_at: when it was put before proposed_to, the last of
-- times_asked officials. released_by: who let it go, released_mail_id: by which mail.
CREATE TABLE answer (
    answer_id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    question_id      bigint      NOT NULL REFERENCES question,
    version          integer     NOT NULL,
    state            text        NOT NULL CHECK (state IN ('proposed', 'superseded', 'leaving', 'delivered', 'failed')),
    text             text        NOT NULL,
    written_by       text        NOT NULL DEFAULT 'desk',
    reply_ids        bigint[]    NOT NULL DEFAULT '{}',
    attachment_ids   bigint[]    NOT NULL DEFAULT '{}',
    missing_units    text[]      NOT NULL DEFAULT '{}',
    remarks          text[]      NOT NULL DEFAULT '{}',
    needs_choice     boolean     NOT NULL DEFAULT false,
    choice           text,
    proposed_to      text,
    proposed_at      timestamptz NOT NULL,
    asked_at         timestamptz NOT NULL,
    times_asked      integer     NOT NULL DEFAULT 1,
    released_by      text,
    released_at      timestamptz,
    released_mail_id bigint REFERENCES inbound_mail,
    delivered_at     timestamptz,
    recorded_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (question_id, version)
);
CREATE UNIQUE INDEX answer_in_hand ON answer (question_id) WHERE state IN ('proposed', 'leaving');
CREATE INDEX answer_leaving ON answer (answer_id) WHERE state = 'leaving';
CREATE INDEX answer_to_erase ON answer (proposed_at) WHERE text <> '' AND state NOT IN ('proposed', 'leaving');
CREATE INDEX answer_failed ON answer (question_id) WHERE state = 'failed';
CREATE INDEX answer_proposed ON answer (asked_at, answer_id) WHERE state = 'proposed';

-- The replies that an answer is made of: read as answers, of units that are still asked, and not yet told to the citizen.
CREATE VIEW reply_in_force AS
    SELECT reply.reply_id, reply.question_id, assignment_id, unit_code, place_unit, inbound_mail_id, standing, from_address,
           text, answers_for_all, letter_number, letter_on, letter_confirmed_by, received_at
    FROM reply JOIN assignment USING (assignment_id)
    WHERE reading = 'answer' AND assignment.state IN ('awaiting', 'replied')
      AND NOT EXISTS (SELECT FROM answer
                      WHERE answer.question_id = reply.question_id AND answer.state = 'delivered'
                        AND reply.reply_id = ANY(answer.reply_ids));

-- Answers that an official marked as reusable, one row each time: what was asked, without personal data, and what was
-- answered. letter_numbers, letter_dates: of the units' letters, as far as an official confirmed them. laws: numbers of what
-- it cites, else as written. Kept when what it was made of is erased: nobody's data is in it.
CREATE TABLE remembered_answer (
    remembered_answer_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    question_id    bigint      NOT NULL REFERENCES question,
    answer_id      bigint      NOT NULL REFERENCES answer,
    question_text  text        NOT NULL,
    answer_text    text        NOT NULL,
    topics         text[]      NOT NULL,
    units          text[]      NOT NULL,
    letter_numbers text[]      NOT NULL,
    letter_dates   date[]      NOT NULL,
    laws           text[]      NOT NULL,
    answered_on    date        NOT NULL,
    remembered_by  text        NOT NULL,
    remembered_at  timestamptz NOT NULL,
    retired_by     text,
    retired_at     timestamptz,
    recorded_at    timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE UNIQUE INDEX remembered_answer_of_question ON remembered_answer (question_id) WHERE retired_at IS NULL;

-- Which remembered answer letters show beside a question: it stays the same, so that one word sends what was read.
CREATE TABLE shown_answer (
    question_id          bigint PRIMARY KEY REFERENCES question,
    remembered_answer_id bigint      NOT NULL REFERENCES remembered_answer,
    recorded_at          timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- What Zalo keeps of a file for seven days; after -100 it is uploaded anew.
CREATE TABLE zalo_upload (
    sha256      bytea       NOT NULL,
    form        text        NOT NULL CHECK (form IN ('image', 'file')),
    outside_id  text        NOT NULL,
    uploaded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (sha256, form)
);

-- Steps of the chase: once per step and date, whatever runs twice or late (A3). step: working days after due_on, before it
-- where negative; first_step: the lowest of those that were missed before, for which this one stands too; outbox_key: the
-- letter that says so. An overdue notice is taken back once the unit's date has moved on. for_board: the Ban Quản trị hears of it too, by the letter board_key.
CREATE TABLE chase_step (
    assignment_id bigint      NOT NULL REFERENCES assignment,
    due_on        date        NOT NULL,
    step          integer     NOT NULL,
    first_step    integer     NOT NULL,
    taken_on      date        NOT NULL,
    outbox_key    text        NOT NULL,
    for_board     boolean     NOT NULL DEFAULT false,
    board_key     text,
    taken_back_on date,
    recorded_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (assignment_id, due_on, step)
);
CREATE INDEX chase_step_for_board ON chase_step (assignment_id) WHERE for_board AND board_key IS NULL;

-- A reply address that was given out: only the token's hash is kept; who may use it, for what, until when. A decision
-- uses it up, and outcome says what was done; what a unit replies does not.
CREATE TABLE mail_token (
    token_sha256  bytea PRIMARY KEY,
    question_id   bigint REFERENCES question,
    assignment_id bigint REFERENCES assignment,
    work_item_id  bigint REFERENCES work_item,
    answer_id     bigint REFERENCES answer,
    content_item_id bigint,
    official_code text,
    step          text        NOT NULL,
    version       integer     NOT NULL DEFAULT 1,
    expires_on    date        NOT NULL,
    used_at       timestamptz,
    outcome       text,
    recorded_at   timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX mail_token_of_officials ON mail_token (question_id) WHERE official_code IS NOT NULL AND used_at IS NULL;

-- Rights (law 9) -----------------------------------------------------------------------------------------------------

GRANT USAGE ON SCHEMA public TO desk_app, desk_reader, portal;
GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA public TO desk_app;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO desk_app;
GRANT DELETE ON pull_todo, rate_budget TO desk_app;
REVOKE UPDATE ON event, oa_token, delivery_mode, office_version, classification, classifier_version, label_event
    FROM desk_app;

-- Sensitive questions are read by the duty officer in charge and the Secretary alone (U6): not by a reporting login.
CREATE VIEW question_for_reading AS
    SELECT question_id, case_code, state, CASE WHEN sensitive IS NULL THEN text END AS text, received_at, sealed_at,
           unit_count, promised_on, due_by_rule_on, promised_because, window_closes_at, routed_at, closed_at
    FROM question;
GRANT SELECT ON question_for_reading, unit, assignment, event, delivery_mode TO desk_reader;
-- What letters about work quote is no report's business.
GRANT SELECT (work_item_id, key, kind, owner, question_id, outbox_id, asked_of, asked_at, times_asked, opened_at, closed_at,
              closed_by) ON work_item TO desk_reader;
