select '{target}', {target}.{key}, attribute.name, attribute.old_value, attribute.new_value
from {staged}
inner join {target} using ({key})
cross join lateral (
    values
        {pairs}
) as attribute (name, old_value, new_value)
where attribute.old_value is distinct from attribute.new_value
