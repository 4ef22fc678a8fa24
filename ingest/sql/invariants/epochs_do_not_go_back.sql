-- The lease epoch of a later run is not smaller than that of an earlier one, and none exceeds that of the lease.
select ingest_run_id, epoch, epoch_before
from (
    select
        ingest_run_id,
        epoch,
        max(epoch) over (order by ingest_run_id rows between unbounded preceding and 1 preceding) as epoch_before
    from ingest_run
) as run
where epoch < epoch_before or epoch > (select ingest_lease.epoch from ingest_lease)
