import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { check } from '../check.ts';
import type { Demo } from '../demo.ts';
import { several, tallied } from '../several.ts';
import type { DemoStep } from '../step.ts';

/** The sellers open the link of their mail and press Enroll, but for a few who do not (R1, R3). */
export const enroll: DemoStep = {
  name: 'enroll',
  title: 'Sellers follow the link of their mail and press Enroll',
  run: async (demo) => {
    const { examples, database } = demo;
    const ignoring = new Set(examples.story.ignoreInvitation);
    const sellerByMail = new Map(examples.sellers.map((seller) => [seller.email, seller.id]));
    const links = await invitationLinks(demo.folders.mails);
    const pressing = links.filter(({ to }) => !ignoring.has(sellerByMail.get(to)!));
    await several(pressing, 6, ({ url }) => press(demo, url));

    const expected = examples.expected.enroll;
    const invitations = await database.query<{ state: string }>('select state from invitations');
    const byState = tallied(invitations.map((row) => row.state));
    return {
      counts: { pressed: pressing.length, stillOpen: byState.open ?? 0 },
      checks: [
        check('invitations accepted', expected.pressedEnroll, byState.accepted),
        check('invitations still open', expected.invitationsStillOpen, byState.open),
        await secondPress(demo, pressing[0]!.url),
      ],
    };
  },
};

/** The enrollment link of every mail in the folder, with its recipient. */
async function invitationLinks(folder: string): Promise<{ to: string; url: string }[]> {
  const mails = readdirSync(folder).filter((name) => name.endsWith('.eml'));
  const found = await several(mails, 8, async (name) => {
    const mail = await PostalMime.parse(readFileSync(join(folder, name)));
    const url = /https?:\/\/\S+\/programme\/enroll\?\S+/.exec(mail.text ?? '')?.[0];
    const to = mail.to?.[0]?.address;
    return url && to ? [{ to, url }] : [];
  });
  return found.flat();
}

/** What a browser does: opens the page, then posts its form. Opening alone must change nothing. */
async function press(demo: Demo, url: string): Promise<void> {
  const opened = await fetch(url);
  const page = await opened.text();
  if (!opened.ok || !page.includes('<form'))
    throw new Error(`the programme page answered ${opened.status} without an Enroll button`);
  const posted = await post(demo, url);
  await posted.arrayBuffer();
  if (posted.status !== 303) throw new Error(`Enroll answered ${posted.status}`);
}

function post(demo: Demo, link: string): Promise<Response> {
  const { search } = new URL(link);
  return fetch(new URL('/programme/enroll', demo.gatewayUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: demo.gatewayUrl },
    body: search.slice(1),
    redirect: 'manual',
  });
}

async function secondPress(demo: Demo, url: string) {
  const again = await post(demo, url);
  await again.arrayBuffer();
  return check('pressing Enroll a second time is answered as already used', 409, again.status);
}
