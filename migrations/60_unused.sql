-- What nothing reads and nothing could use (ADR 0048 has the list, and how it was found).

-- The results of a run are stored by one statement, with the time in data_test_summary.
alter table data_test_result drop column tested_at;
-- The run that moved the position has its time.
alter table ingest_cursor drop column updated_at;
-- When the next request is possible follows from our own requests and the limit.
alter table ingest_allowance drop column next_use_seconds;

-- Pages are read by hash, and by run.
drop index raw_ll2_page_by_time;
