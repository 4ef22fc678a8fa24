-- Removes the rows of the last run. `delete` and not `truncate`: truncating all of the tables creates 80 files and
-- takes longer than the rest of a run without changes (26 of 88 ms); autovacuum removes the dead rows.
delete from stg_ll2__launch;
delete from stg_ll2__gone;
delete from stg_ll2__unread;
delete from stg_ll2__change;
delete from stg_ll2__status;
delete from stg_ll2__net_precision;
delete from stg_ll2__orbit;
delete from stg_ll2__provider;
delete from stg_ll2__rocket_config;
delete from stg_ll2__location;
delete from stg_ll2__pad;
delete from stg_ll2__mission;
delete from stg_ll2__program;
delete from stg_ll2__update;
delete from stg_ll2__video;
delete from stg_ll2__patch;
delete from stg_ll2__payload;
delete from stg_ll2__link;
delete from stg_ll2__crew;
delete from stg_ll2__booster;
delete from stg_ll2__launch_program;
delete from stg_ll2__launch_agency;
delete from stg_run;
