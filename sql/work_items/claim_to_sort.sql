-- Which questions wait to be sorted, and somebody may have to be written to about them? What is sensitive or urgent and
-- was put before nobody; what officials have had since an instant; at a slot all. Oldest first, held for this transaction;
-- rows another worker holds are passed over. evidence: of the newest classification. due_on: when the citizen is answered.
--   at_slot       boolean
--   asked_before  timestamptz   null for what nobody has been asked about alone
SELECT work_item.work_item_id, work_item.reason, work_item.proposals, question.question_id, question.case_code,
       question.text, question.received_at, question.sensitive, question.urgent,
       coalesce(greatest(question.promised_on, question.agreed_on), question.due_by_rule_on) AS due_on,
       coalesce(said.evidence, '[]') AS evidence
FROM work_item JOIN question USING (question_id)
LEFT JOIN LATERAL (SELECT min(asked_at) AS asked_at FROM sorter
                   WHERE sorter.work_item_id = work_item.work_item_id) AS first ON true
LEFT JOIN LATERAL (SELECT evidence FROM classification
                   WHERE classification.question_id = question.question_id
                   ORDER BY classification_id DESC LIMIT 1) AS said ON true
WHERE work_item.kind IN ('triage', 'sensitive') AND work_item.closed_at IS NULL AND question.state = 'in_triage'
  AND (CAST(:at_slot AS boolean) OR first.asked_at <= CAST(:asked_before AS timestamptz)
       OR first.asked_at IS NULL AND (question.sensitive IS NOT NULL OR question.urgent IS NOT NULL))
ORDER BY work_item.work_item_id
FOR UPDATE OF work_item SKIP LOCKED
