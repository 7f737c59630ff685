import { SellerEntity, ShippingTemplateEntity } from '@ge/database';
import { sellerRow, type TestDatabase, templateRow, testDatabase } from '@ge/testkit';

const sellers = 100;

export const sellerOf = (no: number): string => `S-${no % sellers}`;
export const templateOf = (no: number): string => `tpl_${no}`;

/** A database with one template for each job, so that no job waits for another one's row, and a table for follow-ups. */
export async function templatesFor(jobs: number): Promise<TestDatabase> {
  const db = await testDatabase(2);
  await db.database.transaction(async (tx) => {
    await tx.insert(
      SellerEntity,
      Array.from({ length: sellers }, (_, no) => sellerRow(sellerOf(no))),
    );
    await tx.query('create table follow_ups (id bigserial primary key, template_id text not null, due_at timestamptz)');
    for (let from = 0; from < jobs; from += 5_000)
      await tx.insert(
        ShippingTemplateEntity,
        Array.from({ length: Math.min(5_000, jobs - from) }, (_, no) =>
          templateRow(sellerOf(from + no), templateOf(from + no)),
        ),
      );
  });
  return db;
}

/** @throws Error unless every template was changed once, and every job has its one follow-up */
export async function checkOnce(db: TestDatabase, jobs: number, followUps: string, who: string): Promise<void> {
  const [found] = await db.database.query<{ touched: string; followed: string; most: number }>(
    `select (select sum(version - 1) from shipping_templates) as touched,
            (select max(version - 1) from shipping_templates) as most,
            (select count(*) from ${followUps}) as followed`,
  );
  const { touched, followed, most } = found!;
  if (Number(touched) !== jobs || Number(followed) !== jobs || most !== 1)
    throw new Error(`${who} did not do ${jobs} jobs once each: ${touched} effects, ${followed} follow-ups`);
}
