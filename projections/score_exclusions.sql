-- list_excluded --
-- What panels have taken out of scores.
SELECT DISTINCT
    unit,
    petition_id
FROM assessment_appeal
WHERE state = 'excluded'
ORDER BY
    unit,
    petition_id
