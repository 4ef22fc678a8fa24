-- Every dimension member has a name that can be shown.
-- covers: dim_status, dim_net_precision, dim_orbit, dim_mission, dim_program, dim_pad, dim_agency, dim_landing_location, dim_astronaut, dim_spacecraft
-- error_if: > 0
-- cause: LL2
select 'status' as entity, status_id as id from dim_status where btrim(name) = '' or btrim(abbrev) = ''
union all
select 'net_precision', net_precision_id from dim_net_precision where btrim(name) = ''
union all
select 'orbit', orbit_id from dim_orbit where btrim(name) = ''
union all
select 'mission', mission_id from dim_mission where btrim(name) = ''
union all
select 'program', program_id from dim_program where btrim(name) = ''
union all
select 'pad', pad_id from dim_pad where btrim(name) = ''
union all
select 'agency', agency_id from dim_agency where btrim(name) = ''
union all
select 'landing_location', landing_location_id from dim_landing_location where btrim(name) = ''
union all
select 'astronaut', astronaut_id from dim_astronaut where btrim(name) = ''
union all
select 'spacecraft', spacecraft_id from dim_spacecraft where btrim(name) = ''
