-- Dimensions have the present values only (type 1). This log has what they were.
create table dim_change (
    dimension text not null,
    member_id bigint not null,
    attribute text not null,
    observed_at timestamptz not null,
    ingest_run_id bigint not null references ingest_run,
    old_value text,
    new_value text,
    primary key (dimension, member_id, attribute, observed_at)
);
comment on table dim_change is 'One row per attribute of a dimension member that a run changed, with the value before and after. LL2''s counters (columns named _count) are left out: they change with every flight.';
comment on column dim_change.dimension is 'Table of the dimension, such as dim_agency.';
comment on column dim_change.member_id is 'The member: the first column of the dimension.';
comment on column dim_change.attribute is 'Column of the dimension.';
comment on column dim_change.observed_at is 'When the run observed the new value.';
comment on column dim_change.ingest_run_id is 'The run that observed it.';
comment on column dim_change.old_value is 'Value before, as text. Null: none was known.';
comment on column dim_change.new_value is 'Value after, as text. Null: LL2 has removed it.';
create index dim_change_by_time on dim_change (observed_at);
create index dim_change_by_run on dim_change (ingest_run_id);
