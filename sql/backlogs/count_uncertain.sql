-- Of how many deliveries is it unknown whether they left?
SELECT count(*) FROM outbox WHERE state = 'uncertain'
