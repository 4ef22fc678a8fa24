-- Steps that predict were renamed. Their old name is written nowhere any more, and would be unknown to readers.
update ingest_step set name = 'forecast' where name = 'foretell';
