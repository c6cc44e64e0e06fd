-- Senders that duty officers have let in, each for a unit or a provincial office.
SELECT address, unit_code FROM admitted_sender ORDER BY address, unit_code
