-- set_snapshot --
-- What is compared belongs to one position.
SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY
