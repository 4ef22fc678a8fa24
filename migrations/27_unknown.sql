-- A record needs an id and a name; whatever else is missing is unknown. Members without a name keep the one we hold, a pad without a location
-- keeps its location; a launch without provider, rocket, pad or status gets the member -1, "Unknown", which only our transforms make.
alter table stg_ll2__launch alter column net_at drop not null;
alter table stg_ll2__launch alter column last_updated_at drop not null;
alter table stg_ll2__status alter column name drop not null;
alter table stg_ll2__status alter column abbrev drop not null;
alter table stg_ll2__net_precision alter column name drop not null;
alter table stg_ll2__net_precision alter column abbrev drop not null;
alter table stg_ll2__orbit alter column name drop not null;
alter table stg_ll2__orbit alter column abbrev drop not null;
alter table stg_ll2__provider alter column name drop not null;
alter table stg_ll2__rocket_config alter column name drop not null;
alter table stg_ll2__rocket_config alter column full_name drop not null;
alter table stg_ll2__location alter column name drop not null;
alter table stg_ll2__pad alter column name drop not null;
alter table stg_ll2__pad alter column location_id drop not null;
alter table stg_ll2__mission alter column name drop not null;
alter table stg_ll2__program alter column name drop not null;
comment on column stg_ll2__launch.net_at is 'Null only while it is staged: then the date we hold, or 2099-12-31 for a launch that never had one.';
comment on column stg_ll2__launch.last_updated_at is 'Null only while it is staged: then the time we hold, or that of this sighting.';
comment on column stg_ll2__pad.location_id is 'Null when the record did not say: the pad stays where it was.';
comment on table dim_status is 'Where a launch stands: Go, TBC, TBD, Hold, In Flight, Success ...; -1 is ours, for a launch of which LL2 does not say. One row per status.';
comment on table dim_launch_service_provider is 'Who launches; -1 is ours, for a launch of which LL2 does not say. One row per agency that is the launch service provider of a launch.';
comment on table dim_rocket_config is 'What flies: a launcher configuration such as Falcon 9 Block 5; -1 is ours, for a launch of which LL2 does not say. One row per configuration.';
comment on table dim_location is 'The spaceport; -1 is ours, for a pad of which LL2 does not say. One row per location.';
comment on table dim_pad is 'Where it leaves from; names are not unique ("Unknown Pad" is sixteen pads), and -1 is ours, for a launch of which LL2 does not say. One row per pad.';
comment on column fact_launch.last_updated_at is 'When LL2 last edited the launch; when we first saw it so, where LL2 does not say.';
