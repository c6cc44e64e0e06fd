-- How far the questions came that were given to units; each column counts questions. An answer that lacks a
-- unit does not answer its question.
SELECT count(*) AS routed,
       count(*) FILTER (WHERE replied) AS replied,
       count(*) FILTER (WHERE proposed) AS proposed,
       count(*) FILTER (WHERE released) AS accepted,
       count(*) FILTER (WHERE delivered) AS answered,
       count(*) FILTER (WHERE in_time) AS answered_in_time,
       count(*) FILTER (WHERE reminded) AS reminded,
       count(*) FILTER (WHERE chased) AS chased,
       count(*) FILTER (WHERE escalated) AS escalated
FROM (SELECT EXISTS (SELECT FROM reply WHERE reply.question_id = question.question_id AND reading = 'answer') AS replied,
             EXISTS (SELECT FROM answer WHERE answer.question_id = question.question_id) AS proposed,
             EXISTS (SELECT FROM answer
                     WHERE answer.question_id = question.question_id AND released_at IS NOT NULL) AS released,
             EXISTS (SELECT FROM answer
                     WHERE answer.question_id = question.question_id AND delivered_at IS NOT NULL
                       AND missing_units = '{}') AS delivered,
             EXISTS (SELECT FROM answer
                     WHERE answer.question_id = question.question_id AND missing_units = '{}'
                       AND (delivered_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date <= promised_on) AS in_time,
             EXISTS (SELECT FROM chase_step JOIN assignment USING (assignment_id)
                     WHERE assignment.question_id = question.question_id AND step <= 0) AS reminded,
             EXISTS (SELECT FROM chase_step JOIN assignment USING (assignment_id)
                     WHERE assignment.question_id = question.question_id AND step > 0) AS chased,
             EXISTS (SELECT FROM chase_step JOIN assignment USING (assignment_id)
                     WHERE assignment.question_id = question.question_id AND for_board) AS escalated
      FROM question
      WHERE EXISTS (SELECT FROM assignment WHERE assignment.question_id = question.question_id)) AS way
