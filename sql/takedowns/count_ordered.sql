-- How many articles are to be taken off Zalo?
SELECT count(*) FROM takedown WHERE state = 'ordered'
