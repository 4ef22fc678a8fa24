-- Statements that merge staging are made from templates now and have no file of their own.
comment on column ingest_statement.name is 'The name of the transform: the table it fills, or its file in ingest/sql/transform without the ending.';
