import { readdirSync } from 'node:fs';
import { routes } from '@ge/api';
import { check } from '../check.ts';
import { settled } from '../settled.ts';
import { tallied } from '../several.ts';
import type { DemoStep } from '../step.ts';

/** A campaign over everyone; only sellers in the United States get an invitation (R1). */
export const campaign: DemoStep = {
  name: 'invite',
  title: 'Invites every eligible seller by mail',
  run: async ({ examples, client, database, folders, ...demo }) => {
    const { operationId } = await client.call(routes.invitations.startCampaign);
    await settled({ examples, client, database, folders, ...demo }, operationId);
    const expected = examples.expected.campaign;
    const invited = await database.query<{ locale: string; country: string }>(
      `select s.locale, s.country from invitations i join sellers s on s.id = i.seller_id where i.state = 'open' and i.sent_at is not null`,
    );
    const mails = readdirSync(folders.mails).filter((name) => name.endsWith('.eml')).length;
    return {
      counts: { invited: invited.length, notEligible: examples.sellers.length - invited.length, mails },
      checks: [
        check('sellers invited', expected.invited, invited.length),
        check('invited outside the United States', 0, invited.filter((row) => row.country !== 'US').length),
        check('mails by language', expected.mailsByLocale, tallied(invited.map((row) => row.locale))),
        check('mails at the mail server', expected.invited, mails),
      ],
    };
  },
};
