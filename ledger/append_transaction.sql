-- commit_append --
-- Make the batch durable; its tag says ROLLBACK where it was not.
COMMIT
