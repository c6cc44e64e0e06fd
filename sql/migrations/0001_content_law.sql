-- What the regulation forbids about content, refused by the database (Điều 11, law 9, A11). Every trigger comes first to
-- the content item and locks it, so that two decisions, or a decision and an edit, follow one another; a refusal is
-- SQLSTATE ZD001 with a message that starts with a stable word. docs/decisions/0016 says what this cannot know.

-- Rows of the office -------------------------------------------------------------------------------------------------

-- A new office waits for the words that are being said under the one before it.
CREATE FUNCTION take_turn() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('office_version'));
    RETURN NULL;
END
$$;
CREATE TRIGGER turn BEFORE INSERT ON office_version FOR EACH STATEMENT EXECUTE FUNCTION take_turn();

CREATE FUNCTION write_officials() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO official (office_version, official_code, role, name, title, address, in_office)
    SELECT DISTINCT NEW.version, person ->> 'code', role, person ->> 'name', person ->> 'title', lower(person ->> 'email'),
           daterange((person ->> 'valid_from')::date, (person ->> 'valid_to')::date, '[]')
    FROM json_array_elements(NEW.content -> 'officials') AS person, json_array_elements_text(person -> 'roles') AS role;
    INSERT INTO delegation (office_version, official_code, scope, act, in_force)
    SELECT NEW.version, given ->> 'official', given ->> 'scope', given ->> 'act',
           daterange((given ->> 'valid_from')::date, (given ->> 'valid_to')::date, '[]')
    FROM json_array_elements(NEW.content -> 'delegations') AS given;
    RETURN NULL;
END
$$;
CREATE TRIGGER officials AFTER INSERT ON office_version FOR EACH ROW EXECUTE FUNCTION write_officials();

-- Questions that the triggers ask ------------------------------------------------------------------------------------

CREATE FUNCTION refuse_content(code text, because text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'ZD001', MESSAGE = code || ': ' || because;
END
$$;

-- The item, locked until the transaction ends, and the office with it: a version that ends a delegation waits, or is seen.
-- An isolation that shows rows as they were before the lock would make it worthless.
CREATE FUNCTION hold_content_item(item_id bigint) RETURNS content_item LANGUAGE plpgsql AS $$
DECLARE
    item content_item;
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        PERFORM refuse_content('isolation', 'content is decided on in transactions that read what is committed');
    END IF;
    SELECT * INTO item FROM content_item WHERE content_item_id = item_id FOR UPDATE;
    IF NOT FOUND THEN
        PERFORM refuse_content('no-item', 'there is no such content item');
    END IF;
    PERFORM pg_advisory_xact_lock_shared(hashtext('office_version'));
    RETURN item;
END
$$;

CREATE FUNCTION legal_day(moment timestamptz) RETURNS date LANGUAGE sql IMMUTABLE
    RETURN (moment AT TIME ZONE 'Asia/Ho_Chi_Minh')::date;

CREATE FUNCTION holds_role(who text, any_of text[], day date) RETURNS boolean LANGUAGE sql STABLE
    RETURN EXISTS (SELECT FROM official
                   WHERE office_version = (SELECT max(version) FROM office_version)
                     AND official_code = who AND role = ANY(any_of) AND in_office @> day);

-- The paper by which a deputy head decides on content that day; null where there is none.
CREATE FUNCTION content_act(who text, day date) RETURNS text LANGUAGE sql STABLE
    RETURN (SELECT act FROM delegation
            WHERE office_version = (SELECT max(version) FROM office_version)
              AND official_code = who AND scope = 'content' AND in_force @> day);

CREATE FUNCTION is_by(who text, item_id bigint) RETURNS boolean LANGUAGE sql STABLE
    RETURN EXISTS (SELECT FROM content_version WHERE content_item_id = item_id AND written_by = who)
        OR EXISTS (SELECT FROM content_item WHERE content_item_id = item_id AND content_item.author = who);

CREATE FUNCTION has_said(who text, steps text[], item_id bigint) RETURNS boolean LANGUAGE sql STABLE
    RETURN EXISTS (SELECT FROM approval WHERE content_item_id = item_id AND official_code = who AND step = ANY(steps));

CREATE FUNCTION newest_of(item_id bigint, steps text[]) RETURNS text LANGUAGE sql STABLE
    RETURN (SELECT step FROM approval WHERE content_item_id = item_id AND step = ANY(steps) ORDER BY approval_id DESC LIMIT 1);

-- What Zalo takes: desk/rules/content/articles.py says the same, with the remedy.
CREATE FUNCTION is_within_limits(item_id bigint, number integer) RETURNS boolean LANGUAGE sql STABLE
    RETURN EXISTS (
        SELECT FROM content_version
        WHERE content_item_id = item_id AND version = number
          AND char_length(normalize(title)) <= 150 AND title ~ '\S'
          AND char_length(normalize(author)) <= 50
          AND char_length(normalize(description)) <= 300 AND description ~ '\S'
          AND cover_url ~ '^https://.'
          AND EXISTS (SELECT FROM jsonb_array_elements(blocks) AS block
                      WHERE block ->> 'type' = 'text' AND block ->> 'content' ~ '\S')
          AND NOT EXISTS (SELECT FROM jsonb_array_elements(blocks) AS block
                          WHERE block ->> 'type' <> 'text'
                            AND (coalesce(block ->> 'url', '') !~ '^https://.'
                                 OR coalesce(block ->> 'thumb', '') !~ '^(https://.|$)')));

-- Words of officials -------------------------------------------------------------------------------------------------

CREATE FUNCTION check_approval() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    item content_item := hold_content_item(NEW.content_item_id);
    move content_move;
    day  date;
BEGIN
    -- who writes here himself does not choose the hour
    IF NEW.login IS NOT NULL THEN
        NEW.decided_at := clock_timestamp();
    END IF;
    day := legal_day(NEW.decided_at);

    IF NEW.version IS DISTINCT FROM item.version OR NOT EXISTS (
        SELECT FROM content_version
        WHERE content_item_id = item.content_item_id AND version = item.version AND sha256 = NEW.sha256
    ) THEN
        PERFORM refuse_content('stale-version', 'the text in force is another one');
    END IF;
    SELECT * INTO move FROM content_move
    WHERE content_move.step = NEW.step AND content_move.verdict = NEW.verdict AND before = item.state;
    IF NOT FOUND THEN
        PERFORM refuse_content('out-of-order', format('%s %s is no word on an item that is %s',
                                                      NEW.step, NEW.verdict, item.state));
    END IF;
    IF NOT coalesce(NEW.role = ANY(move.roles), false) OR NOT holds_role(NEW.official_code, ARRAY[NEW.role], day) THEN
        PERFORM refuse_content('wrong-role', 'this word is for another role, or he did not hold it that day');
    END IF;

    PERFORM check_persons(NEW, item, day);
    IF NEW.step IN ('decide', 'decide_broadcast') AND NEW.role = 'deputy_head' THEN
        NEW.act := content_act(NEW.official_code, day);
    END IF;
    CASE NEW.step
        WHEN 'propose' THEN
            IF NOT EXISTS (SELECT FROM content_check
                           WHERE content_item_id = item.content_item_id AND version = item.version) THEN
                PERFORM refuse_content('not-checked', 'nobody has looked yet whether Zalo would take it');
            END IF;
            IF item.state = 'to_amend' AND item.version = item.agreed_version THEN
                PERFORM refuse_content('unchanged', 'the changes that were asked for have not been made');
            END IF;
            IF NOT is_within_limits(item.content_item_id, item.version) OR EXISTS (
                SELECT FROM content_check
                WHERE content_item_id = item.content_item_id AND version = item.version AND flaws <> '{}'
            ) THEN
                PERFORM refuse_content('limits', 'Zalo would not take this text');
            END IF;
        WHEN 'publish' THEN
            IF NEW.publish_at < NEW.decided_at + interval '10 minutes' THEN
                PERFORM refuse_content('too-soon', 'ten minutes are kept in which it can be stopped');
            END IF;
        WHEN 'stop' THEN
            IF EXISTS (SELECT FROM publication WHERE content_item_id = item.content_item_id AND state = 'leaving') THEN
                PERFORM refuse_content('leaving', 'the article is on its way to Zalo');
            END IF;
        WHEN 'ask_broadcast' THEN
            IF EXISTS (SELECT FROM broadcast WHERE content_item_id = item.content_item_id AND state <> 'failed') THEN
                PERFORM refuse_content('sent-before', 'an article goes to everybody once');
            END IF;
        WHEN 'decide_broadcast' THEN
            IF newest_of(item.content_item_id, '{ask_broadcast,decide_broadcast}') IS DISTINCT FROM 'ask_broadcast' THEN
                PERFORM refuse_content('out-of-order', 'nobody has asked, or somebody was quicker');
            END IF;
        ELSE NULL;
    END CASE;
    PERFORM check_evidence(NEW, move.token_steps, day);

    IF NEW.step = 'stop' THEN
        UPDATE publication SET state = 'stopped', outcome = 'stopped by a word'
        WHERE content_item_id = item.content_item_id AND state = 'waiting';
    END IF;
    UPDATE content_item
    SET state = move.after, waits_for = NULL, asked_at = NULL, times_asked = 0,
        decider = CASE NEW.step WHEN 'submit' THEN NEW.decider WHEN 'withdraw' THEN NULL ELSE item.decider END,
        agreed_version = CASE NEW.verdict WHEN 'agree_with_changes' THEN NEW.version ELSE item.agreed_version END
    WHERE content_item_id = item.content_item_id;
    RETURN NEW;
END
$$;

-- Nobody judges what is his own, nobody judges twice, and a decision is his to whom it was submitted.
CREATE FUNCTION check_persons(said approval, item content_item, day date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    judges  CONSTANT text[] := '{review,submit,conform}';
    decider text := CASE WHEN said.step = 'submit' THEN said.decider
                         WHEN said.step IN ('decide', 'decide_broadcast') THEN said.official_code END;
    role    text := CASE said.step WHEN 'submit' THEN said.decider_role ELSE said.role END;
BEGIN
    IF said.step = 'decide' AND NOT EXISTS (
        SELECT FROM (SELECT approval.decider, approval.decider_role FROM approval
                     WHERE content_item_id = said.content_item_id AND step = 'submit'
                     ORDER BY approval_id DESC LIMIT 1) AS submitted
        WHERE submitted.decider = said.official_code AND submitted.decider_role = said.role
          AND item.decider = said.official_code
    ) THEN
        PERFORM refuse_content('not-the-decider', 'it was submitted to somebody else');
    END IF;
    IF said.step = ANY(judges) AND is_by(said.official_code, item.content_item_id)
       OR is_by(decider, item.content_item_id) THEN
        PERFORM refuse_content('own-item', 'nobody judges what he wrote');
    END IF;
    IF decider = said.official_code AND said.step = 'submit'
       OR has_said(decider, judges, item.content_item_id)
       OR said.step = ANY(judges) AND has_said(said.official_code, '{decide}', item.content_item_id)
       OR said.step = 'decide_takedown' AND has_said(said.official_code, '{ask_takedown}', item.content_item_id) THEN
        PERFORM refuse_content('same-person', 'who submits an item does not decide on it');
    END IF;
    IF said.step = 'submit' AND NOT holds_role(decider, ARRAY[role], day) THEN
        PERFORM refuse_content('wrong-role', 'whom it is submitted to does not hold that role that day');
    END IF;
    IF decider IS NOT NULL AND role = 'deputy_head' AND content_act(decider, day) IS NULL THEN
        PERFORM refuse_content('no-delegation', 'the head has not authorised this deputy for content on that day');
    END IF;
    IF said.step = 'stop' AND item.editor <> said.official_code
       AND NOT EXISTS (SELECT FROM approval
                       WHERE content_item_id = item.content_item_id AND official_code = said.official_code)
       AND NOT EXISTS (SELECT FROM content_version
                       WHERE content_item_id = item.content_item_id AND written_by = said.official_code) THEN
        PERFORM refuse_content('took-no-part', 'only who took part may stop a publication');
    END IF;
END
$$;

-- By mail: a reply address given to him for this word on this version, and a mail from his own address, each for one word.
-- At the portal: his own login. Mails are the desk's to bring, so a login of the portal brings none.
CREATE FUNCTION check_evidence(said approval, token_steps text[], day date) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF said.login IS NOT NULL THEN
        IF said.login <> session_user OR NOT pg_has_role(session_user, 'portal', 'MEMBER') OR NOT EXISTS (
            SELECT FROM portal_login
            WHERE portal_login.login = said.login AND portal_login.official_code = said.official_code
        ) THEN
            PERFORM refuse_content('no-evidence', 'this login is not his');
        END IF;
        RETURN;
    END IF;
    IF NOT pg_has_role(session_user, 'desk_app', 'MEMBER') THEN
        PERFORM refuse_content('no-evidence', 'a login of the portal speaks for itself alone');
    END IF;
    PERFORM FROM inbound_mail
    JOIN official ON address = lower(from_address)
    WHERE inbound_mail_id = said.inbound_mail_id AND kind = 'decision'
      AND office_version = (SELECT max(version) FROM office_version)
      AND official.official_code = said.official_code AND official.role = said.role AND in_office @> day
    FOR NO KEY UPDATE OF inbound_mail;
    IF NOT FOUND THEN
        PERFORM refuse_content('no-evidence', 'there is no mail of his');
    END IF;
    IF NOT EXISTS (
        SELECT FROM mail_token
        WHERE mail_token.token_sha256 = said.token_sha256 AND mail_token.official_code = said.official_code
          AND mail_token.content_item_id = said.content_item_id AND mail_token.version = said.version
          AND mail_token.step = ANY(token_steps) AND expires_on >= day AND used_at IS NULL
    ) THEN
        PERFORM refuse_content('no-evidence', 'no reply address of his for this word is open');
    END IF;
    IF EXISTS (SELECT FROM approval WHERE inbound_mail_id = said.inbound_mail_id AND step = said.step)
       OR EXISTS (SELECT FROM approval
                  WHERE content_item_id = said.content_item_id AND token_sha256 = said.token_sha256
                    AND inbound_mail_id <> said.inbound_mail_id) THEN
        PERFORM refuse_content('no-evidence', 'this mail, or this reply address, has been used');
    END IF;
END
$$;

CREATE TRIGGER law BEFORE INSERT ON approval FOR EACH ROW EXECUTE FUNCTION check_approval();

-- Texts --------------------------------------------------------------------------------------------------------------

-- A new text voids what was said of the one before it, except where it makes the changes on which that was agreed.
CREATE FUNCTION check_content_version() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    item    content_item := hold_content_item(NEW.content_item_id);
    amends  CONSTANT boolean := item.state IN ('to_amend', 'in_conformity');
    writers CONSTANT text[] := CASE item.version WHEN 0 THEN '{author,collaborator,editor}' ELSE '{editor}' END;
BEGIN
    NEW.version := coalesce(NEW.version, item.version + 1);
    IF NEW.version <> item.version + 1 THEN
        PERFORM refuse_content('stale-version', 'it was written over another text than the one in force');
    END IF;
    IF item.state IN ('published', 'takedown_asked', 'taking_down', 'taken_down') THEN
        PERFORM refuse_content('published', 'what was published is not edited');
    END IF;
    IF EXISTS (SELECT FROM publication WHERE content_item_id = item.content_item_id AND state = 'leaving') THEN
        PERFORM refuse_content('leaving', 'the article is on its way to Zalo');
    END IF;
    IF NOT holds_role(NEW.written_by, writers, legal_day(NEW.written_at)) THEN
        PERFORM refuse_content('wrong-role', 'he does not write, or did not that day');
    END IF;
    IF has_said(NEW.written_by, '{review,submit,decide,conform}', item.content_item_id) THEN
        PERFORM refuse_content('own-item', 'nobody edits what he has judged');
    END IF;
    NEW.amends := CASE WHEN amends THEN item.agreed_version END;
    UPDATE publication SET state = 'stopped', outcome = 'the text was changed'
    WHERE content_item_id = item.content_item_id AND state = 'waiting';
    UPDATE content_item
    SET version = NEW.version, state = CASE WHEN amends THEN 'to_amend' ELSE 'draft' END, decider = NULL,
        agreed_version = NEW.amends, waits_for = NULL, asked_at = NULL, times_asked = 0
    WHERE content_item_id = item.content_item_id;
    RETURN NEW;
END
$$;
CREATE TRIGGER law BEFORE INSERT ON content_version FOR EACH ROW EXECUTE FUNCTION check_content_version();

-- Publications and takedowns -----------------------------------------------------------------------------------------

-- Decisions on a version with all that must come before them: proposed, reviewed, submitted to that very person, and not
-- returned or withdrawn after; nobody of them wrote any of it.
CREATE VIEW decided_content AS
    SELECT decided.content_item_id, decided.version, decided.verdict, decided.approval_id, decided.official_code
    FROM approval AS decided
    WHERE decided.step = 'decide' AND EXISTS (
        SELECT FROM approval AS proposed
        JOIN approval AS reviewed USING (content_item_id, version)
        JOIN approval AS submitted USING (content_item_id, version)
        WHERE content_item_id = decided.content_item_id AND version = decided.version
          AND proposed.step = 'propose' AND reviewed.step = 'review' AND reviewed.verdict = 'agree'
          AND submitted.step = 'submit'
          AND submitted.decider = decided.official_code AND submitted.decider_role = decided.role
          AND proposed.approval_id < reviewed.approval_id AND reviewed.approval_id < submitted.approval_id
          AND submitted.approval_id < decided.approval_id
          AND decided.official_code NOT IN (reviewed.official_code, submitted.official_code)
          AND NOT EXISTS (SELECT FROM approval AS other
                          WHERE other.content_item_id = decided.content_item_id AND other.approval_id < decided.approval_id
                            AND (other.verdict = 'return' AND other.approval_id > proposed.approval_id
                                 OR other.step = 'withdraw' AND other.approval_id > submitted.approval_id))
          AND NOT EXISTS (SELECT FROM content_version AS text
                          JOIN content_item AS item USING (content_item_id)
                          WHERE text.content_item_id = decided.content_item_id
                            AND (written_by IN (decided.official_code, reviewed.official_code, submitted.official_code)
                                 OR item.author IN (decided.official_code, reviewed.official_code,
                                                    submitted.official_code))));

-- The one definition of "its approval rows are complete", by the rows themselves: the newest is the editor's word to
-- publish the text in force, which was decided on, or makes the changes that a decision asked for and was found to.
CREATE VIEW publishable_content AS
    SELECT item.content_item_id, item.version, text.sha256, publish.approval_id, publish.publish_at
    FROM content_item AS item
    JOIN content_version AS text USING (content_item_id, version)
    JOIN LATERAL (SELECT * FROM approval
                  WHERE approval.content_item_id = item.content_item_id
                  ORDER BY approval_id DESC LIMIT 1) AS publish ON publish.version = item.version
    WHERE publish.step = 'publish'
      AND (EXISTS (SELECT FROM decided_content AS decided
                   WHERE decided.content_item_id = item.content_item_id AND decided.version = item.version
                     AND decided.verdict = 'agree' AND text.amends IS NULL)
           OR EXISTS (SELECT FROM decided_content AS decided
                      JOIN approval AS proposed USING (content_item_id)
                      JOIN approval AS conformed USING (content_item_id)
                      WHERE content_item_id = item.content_item_id AND decided.version = text.amends
                        AND decided.verdict = 'agree_with_changes'
                        AND proposed.version = item.version AND proposed.step = 'propose'
                        AND conformed.version = item.version AND conformed.step = 'conform' AND conformed.verdict = 'agree'
                        AND decided.approval_id < proposed.approval_id
                        AND proposed.approval_id < conformed.approval_id
                        AND conformed.official_code NOT IN (decided.official_code, item.author)
                        AND NOT EXISTS (SELECT FROM content_version AS written
                                        WHERE written.content_item_id = item.content_item_id
                                          AND written.written_by = conformed.official_code)
                        AND NOT EXISTS (SELECT FROM approval AS other
                                        WHERE other.content_item_id = item.content_item_id
                                          AND other.verdict = 'return' AND other.approval_id > proposed.approval_id)));

CREATE FUNCTION check_publication() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    item content_item := hold_content_item(NEW.content_item_id);
BEGIN
    IF TG_OP = 'UPDATE' AND (OLD.state, NEW.state) NOT IN (
        ('waiting', 'leaving'), ('waiting', 'stopped'), ('leaving', 'published'), ('leaving', 'failed')
    ) THEN
        PERFORM refuse_content('out-of-order', format('a publication goes not from %s to %s', OLD.state, NEW.state));
    END IF;
    IF NEW.state IN ('waiting', 'leaving') AND NOT EXISTS (
        SELECT FROM publishable_content AS complete
        WHERE complete.content_item_id = NEW.content_item_id AND complete.version = NEW.version
          AND complete.approval_id = NEW.approval_id AND complete.publish_at <= NEW.publish_at
    ) THEN
        PERFORM refuse_content('not-publishable', 'the words that a publication needs are not complete');
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.state <> 'leaving' THEN
        UPDATE content_item SET state = CASE NEW.state WHEN 'published' THEN 'published' ELSE 'agreed' END
        WHERE content_item_id = item.content_item_id AND state = 'to_publish';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER law_of_new BEFORE INSERT ON publication FOR EACH ROW EXECUTE FUNCTION check_publication();
CREATE TRIGGER law BEFORE UPDATE ON publication FOR EACH ROW WHEN (OLD.state <> NEW.state)
    EXECUTE FUNCTION check_publication();

CREATE FUNCTION check_takedown() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    item content_item := hold_content_item(NEW.content_item_id);
BEGIN
    IF TG_OP = 'INSERT' AND NOT (item.state = 'taking_down' AND EXISTS (
        SELECT FROM approval JOIN publication USING (content_item_id)
        WHERE approval.approval_id = NEW.approval_id AND content_item_id = item.content_item_id
          AND step = 'decide_takedown' AND verdict = 'agree'
          AND publication_id = NEW.publication_id AND publication.state = 'published'
    )) THEN
        PERFORM refuse_content('not-ordered', 'a takedown needs a deputy head''s word on this article');
    END IF;
    IF TG_OP = 'UPDATE' AND (OLD.state, NEW.state) NOT IN (
        ('ordered', 'done'), ('ordered', 'failed'), ('failed', 'ordered'), ('failed', 'done')
    ) THEN
        PERFORM refuse_content('out-of-order', format('a takedown goes not from %s to %s', OLD.state, NEW.state));
    END IF;
    IF NEW.state = 'done' THEN
        UPDATE content_item SET state = 'taken_down' WHERE content_item_id = item.content_item_id;
        UPDATE broadcast SET state = 'failed', outcome = 'taken down'
        WHERE content_item_id = item.content_item_id AND state = 'waiting';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER law_of_new BEFORE INSERT ON takedown FOR EACH ROW EXECUTE FUNCTION check_takedown();
CREATE TRIGGER law BEFORE UPDATE ON takedown FOR EACH ROW WHEN (OLD.state <> NEW.state)
    EXECUTE FUNCTION check_takedown();

CREATE FUNCTION check_broadcast() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    item content_item := hold_content_item(NEW.content_item_id);
BEGIN
    IF TG_OP = 'UPDATE' AND (OLD.state, NEW.state) NOT IN (
        ('waiting', 'leaving'), ('waiting', 'failed'), ('leaving', 'waiting'), ('leaving', 'sent'), ('leaving', 'failed'),
        ('leaving', 'uncertain')
    ) THEN
        PERFORM refuse_content('out-of-order', format('a broadcast goes not from %s to %s', OLD.state, NEW.state));
    END IF;
    IF (TG_OP = 'INSERT' OR NEW.state = 'leaving') AND NOT (item.state = 'published' AND EXISTS (
        SELECT FROM approval JOIN publication USING (content_item_id)
        WHERE approval.approval_id = NEW.approval_id AND content_item_id = item.content_item_id
          AND step = 'decide_broadcast' AND verdict = 'agree' AND approval.version = publication.version
          AND publication_id = NEW.publication_id AND publication.state = 'published'
    )) THEN
        PERFORM refuse_content('not-ordered', 'a broadcast needs a decider''s word on an article that citizens see');
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER law_of_new BEFORE INSERT ON broadcast FOR EACH ROW EXECUTE FUNCTION check_broadcast();
CREATE TRIGGER law BEFORE UPDATE ON broadcast FOR EACH ROW WHEN (OLD.state <> NEW.state)
    EXECUTE FUNCTION check_broadcast();

-- Rights -------------------------------------------------------------------------------------------------------------

-- By column: nobody chooses a number, an hour of record, a state, or the act of a delegation.
GRANT SELECT ON official, delegation, portal_login, content_item, content_version, content_move, approval, decided_content,
    publishable_content, publication, takedown TO desk_app;
GRANT SELECT, INSERT, UPDATE ON content_number, content_intake, content_check TO desk_app;
GRANT INSERT (code, author, editor, opened_at), UPDATE (editor, waits_for, asked_at, times_asked) ON content_item TO desk_app;
GRANT INSERT (content_item_id, version, title, author, description, cover_url, blocks, written_by, inbound_mail_id, written_at)
    ON content_version TO desk_app;
GRANT INSERT (content_item_id, version, sha256, step, verdict, official_code, role, decider, decider_role, publish_at, urgent,
              reason, inbound_mail_id, token_sha256, login, decided_at) ON approval TO desk_app;
GRANT INSERT (content_item_id, version, approval_id, publish_at),
    UPDATE (state, create_began_at, creates, looks, create_token, article_id, compared_at, show_began_at, show_token, shown_at,
            link, attempts, next_attempt_at, lease_until, leased_by, outcome) ON publication TO desk_app;
GRANT INSERT (publication_id, content_item_id, approval_id, urgent, ordered_at),
    UPDATE (state, hidden_at, evidence, evidence_sha256, attempts, next_attempt_at, lease_until, leased_by, outcome)
    ON takedown TO desk_app;

GRANT SELECT, INSERT (content_item_id, publication_id, approval_id, decided_at),
    UPDATE (state, left_at, message_id, attempts, next_attempt_at, lease_until, leased_by, outcome) ON broadcast TO desk_app;

-- At the portal an official reads what he decides on, and says his word.
GRANT SELECT ON content_item, content_version, approval, publication, takedown, broadcast TO portal;
GRANT INSERT (content_item_id, version, sha256, step, verdict, official_code, role, decider, decider_role, publish_at, urgent,
              reason, login, decided_at) ON approval TO portal;

REVOKE EXECUTE ON FUNCTION refuse_content, hold_content_item, holds_role, content_act, is_by, has_said, newest_of,
    is_within_limits, check_persons, check_evidence FROM PUBLIC;
