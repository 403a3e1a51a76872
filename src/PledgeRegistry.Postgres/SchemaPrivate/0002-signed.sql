-- The checkpoint of the log that was signed last. A node that signs compares and swaps it: so of several exactly one signs a size.
create table pledge_registry_private.signed (
    only_one boolean primary key default true check (only_one), size bigint not null, root text not null, note text not null
);

-- A log that contradicts what it has signed can't be trusted again: the size only grows, whoever asks.
create function pledge_registry_private.refuse_smaller() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    if tg_op = 'UPDATE' and new.size > old.size then
        return new;
    end if;
    raise exception 'the signed checkpoint is only replaced by one of a larger size (%)', lower(tg_op) using errcode = 'PR003';
end
$$;

create trigger growing before update or delete on pledge_registry_private.signed
    for each row execute function pledge_registry_private.refuse_smaller();
alter table pledge_registry_private.signed enable always trigger growing;

revoke all on function pledge_registry_private.refuse_smaller() from public;
