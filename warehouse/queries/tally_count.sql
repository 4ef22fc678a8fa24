-- Outcomes of launches: a list of columns, for one subject and for lists of them.
count(*) filter (where status_id = 3) as succeeded,
count(*) filter (where status_id = 7) as partly_failed,
count(*) filter (where status_id = 4) as failed,
count(*) filter (where not is_final(status_id) and (not is_upcoming or has_left_pad(status_id))) as unsettled,
count(*) filter (where is_upcoming and not has_left_pad(status_id)) as ahead,
min(net_at) filter (where is_final(status_id)) as since
