-- What a complete list announced was loaded, found unchanged, or set aside; nothing is left over.
select ingest_run_id, announced_count, launch_seen_count, quarantined_count
from ingest_run
where state = 'succeeded'
    and is_complete
    and launch_seen_count + quarantined_count < announced_count
