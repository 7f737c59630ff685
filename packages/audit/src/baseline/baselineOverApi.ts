import { type Client, routes } from '@ge/api';
import type { Enrollment, SellerId } from '@ge/domain';
import type { TemplateRow } from '../model/baseline.ts';
import { everyItem } from '../readers/pages.ts';
import { inTurns } from '../readers/remoteFleet.ts';
import { remoteRows, remoteSuspensions } from '../readers/remoteRows.ts';
import { writeProgramme, writeSeller } from './baselineFiles.ts';

/**
 * Writes down beside a journal what these sellers have, as the API shows it. Only of sellers who were imported and enrolled at
 * most once, with nothing done to them since: the numbers of their commands follow from that. Throws ApiProblem.
 */
export async function takeBaselineOverApi(client: Client, folder: string, sellers: readonly SellerId[]): Promise<void> {
  writeProgramme(folder, await remoteSuspensions(client));
  await inTurns(sellers, async (sellerId) => {
    const rows = await remoteRows(client, sellerId as SellerId);
    const operations = await everyItem(client, routes.operations.listOperations, { params: { sellerId } });
    const enrolledBy = operations.find(({ kind }) => kind === 'propagate-enrollment')?.commandNo ?? 0;
    const numbered = (template: TemplateRow): TemplateRow =>
      template.geState === 'enabled'
        ? { ...template, geCommandNo: enrolledBy, geCommandLog: { deactivatedNo: 0, enabledNos: [enrolledBy] } }
        : template;
    writeSeller(folder, {
      ...rows,
      sellers: rows.sellers.map((seller) => ({ ...seller, name: '', email: '' })),
      templates: rows.templates.map(numbered),
      enrollments: rows.enrollments.map((enrollment): Enrollment => ({ ...enrollment, commandNo: enrolledBy })),
    });
  });
}
