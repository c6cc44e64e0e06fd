-- Content of the account (Điều 11): drafted, reviewed, decided, published, taken down. What the regulation forbids is
-- refused by 0001_content_law.sql, whoever asks (law 9, A11): states are moved by its triggers alone.

-- Who held which role when, and who was authorised for what, as rows of a version of the office: written with it from
-- its content, by the database itself. The newest counts. address: where that person's mail comes from.
CREATE TABLE official (
    office_version bigint NOT NULL REFERENCES office_version,
    official_code  text   NOT NULL,
    role           text   NOT NULL CHECK (role IN ('collaborator', 'author', 'editor', 'secretary', 'deputy_head', 'head',
                                                   'duty_officer')),
    name           text   NOT NULL,
    title          text   NOT NULL,
    address        text   NOT NULL,
    in_office      daterange NOT NULL,
    EXCLUDE USING gist (office_version WITH =, official_code WITH =, role WITH =, in_office WITH &&)
);

-- A deputy the head has authorised in writing: for content, or to release redirects (U24). act: number and day of the paper.
CREATE TABLE delegation (
    office_version bigint NOT NULL REFERENCES office_version,
    official_code  text   NOT NULL,
    scope          text   NOT NULL CHECK (scope IN ('content', 'redirect')),
    act            text   NOT NULL,
    in_force       daterange NOT NULL,
    EXCLUDE USING gist (office_version WITH =, official_code WITH =, scope WITH =, in_force WITH &&)
);

-- A login of the portal is one official's. Written by an administrator, never at run time.
CREATE TABLE portal_login (
    login         text PRIMARY KEY,
    official_code text NOT NULL UNIQUE
);

-- How many articles were begun in a year: their codes are numbered from it.
CREATE TABLE content_number (
    year   integer PRIMARY KEY,
    newest integer NOT NULL
);

-- One article to be. version is that of the newest text; agreed_version: the text that was agreed on condition of changes,
-- while they are made. waits_for: who was asked last, when, and how many times since the item moved. decider: whom the
-- Secretary named.
CREATE TABLE content_item (
    content_item_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code            text        NOT NULL UNIQUE CHECK (code ~ '^ND-\d{4}-\d{4,}$'),
    state           text        NOT NULL DEFAULT 'draft'
                    CHECK (state IN ('draft', 'in_review', 'reviewed', 'in_decision', 'refused', 'to_amend', 'in_conformity',
                                     'agreed', 'to_publish', 'published', 'takedown_asked', 'taking_down', 'taken_down')),
    version         integer     NOT NULL DEFAULT 0,
    agreed_version  integer,
    author          text        NOT NULL,
    editor          text        NOT NULL,
    decider         text,
    waits_for       text,
    asked_at        timestamptz,
    times_asked     integer     NOT NULL DEFAULT 0,
    opened_at       timestamptz NOT NULL,
    recorded_at     timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX content_item_waiting ON content_item (asked_at, content_item_id)
    WHERE waits_for IS NOT NULL AND state NOT IN ('taken_down', 'refused');

-- What a decision is about, by its hash: title, author, description, cover and body together. blocks: the body as Zalo
-- takes it, a list of {type: text|image|video, …}. amends: the version whose changes it makes. written_by: an official.
CREATE FUNCTION content_digest(title text, author text, description text, cover_url text, blocks jsonb)
    RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN sha256(convert_to(jsonb_build_array(title, author, description, cover_url, blocks)::text, 'UTF8'));

CREATE TABLE content_version (
    content_item_id bigint      NOT NULL REFERENCES content_item,
    version         integer     NOT NULL,
    title           text        NOT NULL,
    author          text        NOT NULL,
    description     text        NOT NULL,
    cover_url       text        NOT NULL,
    blocks          jsonb       NOT NULL,
    sha256          bytea GENERATED ALWAYS AS (content_digest(title, author, description, cover_url, blocks)) STORED,
    amends          integer,
    written_by      text        NOT NULL,
    inbound_mail_id bigint REFERENCES inbound_mail,
    written_at      timestamptz NOT NULL,
    recorded_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (content_item_id, version),
    UNIQUE (content_item_id, version, sha256)
);

-- A mail that is to become a text: an author's, or an editor's with a file. Its files are read first; content_item_id is
-- empty where it opens a new item. subject and text are cleared once it has been taken in.
CREATE TABLE content_intake (
    inbound_mail_id bigint PRIMARY KEY REFERENCES inbound_mail,
    content_item_id bigint REFERENCES content_item,
    official_code   text        NOT NULL,
    subject         text        NOT NULL,
    text            text        NOT NULL,
    taken_at        timestamptz,
    recorded_at     timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX content_intake_waiting ON content_intake (inbound_mail_id) WHERE taken_at IS NULL;

-- What Zalo would refuse of a version, its pictures fetched as Zalo will: nothing is proposed that was not looked at.
CREATE TABLE content_check (
    content_item_id bigint      NOT NULL,
    version         integer     NOT NULL,
    flaws           text[]      NOT NULL,
    recorded_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (content_item_id, version),
    FOREIGN KEY (content_item_id, version) REFERENCES content_version
);

-- Which word of whom leads from which state to which: desk/rules/states.py says the same. token_steps: the letters by
-- whose reply address it may come. A stop may be said by whoever of these took part.
CREATE VIEW content_move (step, verdict, before, after, roles, token_steps) AS VALUES
    ('propose',  'agree',              'draft',          'in_review',      '{editor}'::text[],   '{content-draft}'::text[]),
    ('propose',  'agree',              'to_amend',       'in_conformity',  '{editor}',           '{content-draft}'),
    ('review',   'agree',              'in_review',      'reviewed',       '{secretary}',        '{content-review}'),
    ('review',   'return',             'in_review',      'draft',          '{secretary}',        '{content-review}'),
    ('review',   'return',             'reviewed',       'draft',          '{secretary}',        '{content-review}'),
    ('submit',   'agree',              'reviewed',       'in_decision',    '{secretary}',        '{content-review}'),
    ('withdraw', 'agree',              'in_decision',    'reviewed',       '{secretary}',        '{content-review}'),
    ('decide',   'agree',              'in_decision',    'agreed',         '{head,deputy_head}', '{content-decision}'),
    ('decide',   'agree_with_changes', 'in_decision',    'to_amend',       '{head,deputy_head}', '{content-decision}'),
    ('decide',   'refuse',             'in_decision',    'refused',        '{head,deputy_head}', '{content-decision}'),
    ('conform',  'agree',              'in_conformity',  'agreed',         '{secretary}',        '{content-conformity}'),
    ('conform',  'return',             'in_conformity',  'to_amend',       '{secretary}',        '{content-conformity}'),
    ('publish',  'agree',              'agreed',         'to_publish',     '{editor}',           '{content-publish}'),
    ('stop',     'agree',              'to_publish',     'agreed',
     '{editor,secretary,head,deputy_head}', '{content-stop}'),
    ('ask_takedown',    'agree',       'published',      'takedown_asked', '{secretary}',        '{content-published}'),
    ('decide_takedown', 'agree',       'takedown_asked', 'taking_down',    '{deputy_head}',      '{content-takedown}'),
    ('decide_takedown', 'refuse',      'takedown_asked', 'published',      '{deputy_head}',      '{content-takedown}'),
    ('ask_broadcast',    'agree',      'published',      'published',      '{editor}',           '{content-published}'),
    ('decide_broadcast', 'agree',      'published',      'published',      '{head,deputy_head}', '{content-broadcast}'),
    ('decide_broadcast', 'refuse',     'published',      'published',      '{head,deputy_head}', '{content-broadcast}');

-- One row a word of an official on a version. Append only. role: in which he said it; act: of his delegation. decider:
-- whom the Secretary submits to; publish_at: the hour the editor wants; urgent: a takedown that goes out of hours too.
-- The evidence is the mail that came by a reply address of his own, or his login at the portal; decided_at is legal time.
CREATE TABLE approval (
    approval_id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    content_item_id bigint      NOT NULL,
    version         integer     NOT NULL,
    sha256          bytea       NOT NULL,
    step            text        NOT NULL,
    verdict         text        NOT NULL,
    official_code   text        NOT NULL,
    role            text        NOT NULL,
    act             text,
    decider         text,
    decider_role    text CHECK (decider_role IN ('head', 'deputy_head')),
    publish_at      timestamptz,
    urgent          boolean     NOT NULL DEFAULT false,
    reason          text        NOT NULL DEFAULT '',
    inbound_mail_id bigint REFERENCES inbound_mail,
    token_sha256    bytea REFERENCES mail_token,
    login           text REFERENCES portal_login,
    decided_at      timestamptz NOT NULL,
    flow_run_id     text        DEFAULT nullif(current_setting('desk.flow_run', true), ''),
    recorded_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    FOREIGN KEY (content_item_id, version, sha256) REFERENCES content_version (content_item_id, version, sha256),
    UNIQUE (inbound_mail_id, step),
    CHECK ((login IS NULL) = (inbound_mail_id IS NOT NULL) AND (login IS NULL) = (token_sha256 IS NOT NULL)),
    CHECK ((step = 'submit') = (decider IS NOT NULL) AND (decider IS NULL) = (decider_role IS NULL)),
    CHECK ((step = 'publish') = (publish_at IS NOT NULL)),
    CHECK (verdict NOT IN ('return', 'refuse', 'agree_with_changes') OR reason <> '')
);
CREATE INDEX approval_of_item ON approval (content_item_id, approval_id);
CREATE UNIQUE INDEX approval_decided_once ON approval (content_item_id, version) WHERE step = 'decide';

-- An article on its way to Zalo, under the editor's word. publish_at: not before, ten minutes after that word at the
-- earliest. Each progress is kept before the next call: create_token, article_id, compared_at, show_token, shown_at.
-- create_began_at without create_token: the reply was lost; looks: walks of Zalo's list that did not find it.
CREATE TABLE publication (
    publication_id  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    content_item_id bigint      NOT NULL,
    version         integer     NOT NULL,
    approval_id     bigint      NOT NULL UNIQUE REFERENCES approval,
    state           text        NOT NULL DEFAULT 'waiting'
                    CHECK (state IN ('waiting', 'leaving', 'published', 'stopped', 'failed')),
    publish_at      timestamptz NOT NULL,
    create_began_at timestamptz,
    creates         integer     NOT NULL DEFAULT 0,
    looks           integer     NOT NULL DEFAULT 0,
    create_token    text,
    article_id      text,
    compared_at     timestamptz,
    show_began_at   timestamptz,
    show_token      text,
    shown_at        timestamptz,
    link            text,
    attempts        integer     NOT NULL DEFAULT 0,
    next_attempt_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    lease_until     timestamptz,
    leased_by       text,
    outcome         text,
    recorded_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    FOREIGN KEY (content_item_id, version) REFERENCES content_version
);
CREATE UNIQUE INDEX publication_one_of_item ON publication (content_item_id) WHERE state IN ('waiting', 'leaving', 'published');
CREATE INDEX publication_due ON publication (publish_at, publication_id) WHERE state IN ('waiting', 'leaving');

-- An article on its way off Zalo, ordered by a deputy head. evidence: the pack, one PDF.
CREATE TABLE takedown (
    takedown_id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    publication_id  bigint      NOT NULL UNIQUE REFERENCES publication,
    content_item_id bigint      NOT NULL REFERENCES content_item,
    approval_id     bigint      NOT NULL UNIQUE REFERENCES approval,
    state           text        NOT NULL DEFAULT 'ordered' CHECK (state IN ('ordered', 'done', 'failed')),
    urgent          boolean     NOT NULL,
    ordered_at      timestamptz NOT NULL,
    hidden_at       timestamptz,
    evidence        bytea,
    evidence_sha256 bytea,
    attempts        integer     NOT NULL DEFAULT 0,
    next_attempt_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    lease_until     timestamptz,
    leased_by       text,
    outcome         text,
    recorded_at     timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX takedown_due ON takedown (next_attempt_at, takedown_id) WHERE state = 'ordered';

-- An article on its way to everybody who follows the account, under a decider's word of its own. A message that may have
-- left is never sent again: uncertain is an end, and a person looks. left_at: when it was about to leave.
CREATE TABLE broadcast (
    broadcast_id    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    content_item_id bigint      NOT NULL REFERENCES content_item,
    publication_id  bigint      NOT NULL REFERENCES publication,
    approval_id     bigint      NOT NULL UNIQUE REFERENCES approval,
    state           text        NOT NULL DEFAULT 'waiting'
                    CHECK (state IN ('waiting', 'leaving', 'sent', 'failed', 'uncertain')),
    decided_at      timestamptz NOT NULL,
    left_at         timestamptz,
    message_id      text,
    attempts        integer     NOT NULL DEFAULT 0,
    next_attempt_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    lease_until     timestamptz,
    leased_by       text,
    outcome         text,
    recorded_at     timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE UNIQUE INDEX broadcast_one_of_item ON broadcast (content_item_id) WHERE state <> 'failed';
CREATE INDEX broadcast_due ON broadcast (next_attempt_at, broadcast_id) WHERE state IN ('waiting', 'leaving');
