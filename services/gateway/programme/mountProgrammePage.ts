import { routes } from '@ge/api';
import type { EnrollmentSecrets } from '@ge/mailer/enrollment-token';
import type { Express, Request, Response } from 'express';
import type { GatewayContext } from '../http/openGateway.ts';
import { readBytes } from '../http/readJson.ts';
import { HttpRefusal } from '../http/refused.ts';
import type { RequestNotes } from '../http/serve.ts';
import type { Overload } from '../overload/overload.ts';
import { chooseLocale } from '../programme-page/chooseLocale.ts';
import { renderProgrammePage } from '../programme-page/page.ts';
import { loadPageAssets, programmePageHeaders } from '../programme-page/pageAssets.ts';
import { programmePageStatus } from '../programme-page/pageModel.ts';
import { openPage, openProgress, type PageAnswer, type PageRequest, pressPage } from './pageRequests.ts';
import { enrollPath, progressPath } from './views.ts';

const assetBase = '/programme';
const formLimit = 4 * 1024;

/** Serves the programme page: the invitation, the Enroll button and the progress (R1–R4). */
export function mountProgrammePage(app: Express, context: GatewayContext, overload: Overload): void {
  const secrets = context.config.ENROLLMENT_SECRETS as unknown as EnrollmentSecrets;
  for (const { path, contentType, body } of loadPageAssets()) {
    app.get(assetBase + path, (_, response) => {
      response.set({ 'Content-Type': contentType, 'Cache-Control': 'public, max-age=3600' }).send(body);
    });
  }
  const page =
    (name: string, answer: (request: PageRequest) => Promise<PageAnswer>) =>
    async (request: Request, response: Response): Promise<void> => {
      (response.locals.notes as RequestNotes).route = name;
      if (request.method === 'POST') overload.check(routes.enrollment.enroll, null);
      const fields = request.method === 'POST' ? await readForm(request) : request.query;
      const now = context.clock.now();
      const answered = await context.database.transaction((tx) => answer({ tx, fields, secrets, now }));
      send(request, response, fields, answered, context.config.INQUIRY_URL);
    };
  app.get(enrollPath, page('programme.open', openPage));
  app.post(enrollPath, page('programme.enroll', pressPage));
  app.get(progressPath, page('programme.progress', openProgress));
}

/** Reads the form behind Enroll; a field given twice counts as none. */
async function readForm(request: Request): Promise<Record<string, string>> {
  if (!request.is('application/x-www-form-urlencoded')) throw new HttpRefusal('http.unsupported_media_type');
  const form = new URLSearchParams((await readBytes(request, formLimit)).toString('utf8'));
  return Object.fromEntries([...form].filter(([name]) => form.getAll(name).length === 1));
}

function send(
  request: Request,
  response: Response,
  fields: Readonly<Record<string, unknown>>,
  answer: PageAnswer,
  inquiryUrl: string | undefined,
): void {
  const { lang } = request.query;
  if (answer.kind === 'redirect') {
    const to = typeof lang === 'string' ? `${answer.to}&lang=${encodeURIComponent(lang)}` : answer.to;
    response.set('Cache-Control', 'no-store').redirect(303, to);
    return;
  }
  const locale = chooseLocale(lang, request.headers['accept-language'], answer.sellerLocale);
  const here = (code: string) => {
    const known = ['invitation', 'revision', 'token'].flatMap((name): [string, string][] => {
      const value = fields[name];
      return typeof value === 'string' ? [[name, value]] : [];
    });
    return `${request.path}?${new URLSearchParams([...known, ['lang', code]])}`;
  };
  const { view } = answer;
  const chosen = typeof lang === 'string' ? `?lang=${locale}` : '';
  const shown =
    view.kind === 'invited' ? { ...view, enroll: { ...view.enroll, action: view.enroll.action + chosen } } : view;
  const html = renderProgrammePage({
    locale,
    languageUrls: { 'en-US': here('en-US'), 'zh-CN': here('zh-CN') },
    assetBase,
    inquiryUrl,
    view: shown,
  });
  response.status(programmePageStatus(view)).set(programmePageHeaders(locale)).send(Buffer.from(html));
}
