-- The values of stg_ll2__launch.listing, or null in rows from before the column existed. Every version of the program wrote one of them.
-- Not validated: a row that was edited by hand must not prevent the program from starting.
alter table raw_quarantine add constraint raw_quarantine_listing_check
check (listing in ('upcoming', 'previous', 'single', 'follow_up', 'feed')) not valid;
