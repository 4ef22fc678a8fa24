-- Every launch that a complete list announced was loaded, unchanged or quarantined.
select ingest_run_id, announced_count, launch_seen_count, quarantined_count
from ingest_run
where state = 'succeeded'
    and is_complete
    and launch_seen_count + quarantined_count < announced_count
