-- The log. Applied once, by the owner of the schema; a change is a file of its own with the next number.
create table pledge_registry.entries (
    position bigint primary key check (position >= 0),
    leaf bytea not null check (octet_length(leaf) = 32),
    bytes bytea not null check (octet_length(bytes) between 1 and 65535)
);

-- Whoever inserts, and by whatever statement: only at the end, and without a gap. A row that another transaction has
-- not committed yet is not seen here, so nothing can be put after it.
create function pledge_registry.check_appended() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    first bigint;
    last bigint;
    many bigint;
begin
    select min(position), max(position), count(*) into first, last, many from added;
    if many = 0 then
        return null;
    end if;
    if last - first + 1 <> many
        or (first > 0 and not exists (select from pledge_registry.entries where position = first - 1))
        or exists (select from pledge_registry.entries where position > last) then
        raise exception 'entries are only appended, at the next position: not at % to %', first, last using errcode = 'PR001';
    end if;
    -- Sent when the transaction commits: the log has so many entries now.
    perform pg_notify('pledge_registry', (last + 1)::text);
    return null;
end
$$;

create trigger appended after insert on pledge_registry.entries
    referencing new table as added for each statement execute function pledge_registry.check_appended();

create function pledge_registry.refuse_change() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    raise exception 'an entry of the log is never changed and never removed (%)', lower(tg_op) using errcode = 'PR002';
end
$$;

create trigger unchanged before update or delete or truncate on pledge_registry.entries
    for each statement execute function pledge_registry.refuse_change();

-- A session in replica mode would pass over ordinary triggers.
alter table pledge_registry.entries enable always trigger appended;
alter table pledge_registry.entries enable always trigger unchanged;
