select launch_id
    from (
        select {columns_there}
        from {there}
        inner join candidate using (launch_id)
        where {carried}
        except
        select {columns_here}
        from {here}
        inner join candidate using (launch_id)
        where {carried}
    ) as difference
