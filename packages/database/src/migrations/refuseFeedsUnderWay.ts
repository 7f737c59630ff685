/** Fails, and leaves the schema as it is, where staged rows of a feed wait for their outcome: only this release can apply them. */
export const refuseFeedsUnderWay = `do $$ begin
  lock table "feed_blocks" in access exclusive mode;
  if exists (select from "feed_blocks") then
    raise exception 'feeds under way would be lost'
      using hint = 'Let them end, or cancel them, with the services of this release; then roll back.';
  end if;
end $$;`;
