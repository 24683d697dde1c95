-- digest_table --
-- Number and sum of the hashes of all rows of a table, whatever their order.
SELECT
    count(*),
    coalesce(sum(hash_record_extended(whole_row, 0)::numeric), 0)::text
FROM {table} AS whole_row
