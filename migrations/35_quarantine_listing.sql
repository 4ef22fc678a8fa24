-- The values of stg_ll2__launch.listing, or null in rows from before the column existed, which is read as a single record. Every version of
-- the program wrote one of them; another value can only be an edit by hand, and the program could not replay it.
update raw_quarantine set listing = null
where listing not in ('upcoming', 'previous', 'single', 'follow_up', 'feed');

alter table raw_quarantine add constraint raw_quarantine_listing_check
check (listing in ('upcoming', 'previous', 'single', 'follow_up', 'feed'));
