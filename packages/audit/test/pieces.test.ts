import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  type Accepted,
  auditReport,
  type Command,
  differences,
  type EndState,
  endOfModel,
  Journal,
  journalParts,
  ReportWriter,
  readProgrammePart,
  reportText,
  SequentialModel,
} from '../src/index.ts';
import { marketOfOne } from './marketOfOne.ts';

const at = new Date('2026-03-02T12:00:00.000Z');

const answered = (command: Command): Accepted => ({
  answer: 'accepted',
  door: { by: 'api', idempotencyKey: null },
  operationId: null,
  commandNo: null,
  intendedAt: 1,
  sentAt: 2,
  answeredAt: 3,
  command,
});

function endOf(...commands: readonly Command[]): EndState {
  const model = new SequentialModel(marketOfOne('S-1', at));
  commands.forEach((command, index) => {
    model.apply({ command, no: index + 1, at });
  });
  return endOfModel(model);
}

const assign = (sku: string, template: string): Command => ({
  kind: 'assign-skus',
  sellerId: 'S-1',
  items: [{ sku, template: { id: template } }],
});
const enroll: Command = { kind: 'enroll', sellerId: 'S-1', templates: null };

test('an enrollment that a newer one had taken over when its turn came owes no mail of its own', () => {
  const mailsOf = (overtaken: boolean) => {
    const model = new SequentialModel(marketOfOne('S-1', at));
    model.apply({ command: enroll, no: 1, at, overtaken });
    model.apply({ command: enroll, no: 2, at });
    return endOfModel(model).mails;
  };
  expect(mailsOf(false)).toEqual(['S-1 enrollment-ended', 'S-1 enrollment-ended']);
  expect(mailsOf(true)).toEqual(['S-1 enrollment-ended']);
});

test('a journal gives back all that was added, a seller whole in one part, in the order of the answers', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ge-journal-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const journal = new Journal(join(folder, 'journal'));
  for (let no = 0; no < 3_000; no += 1) {
    const sellerId = `S-${no % 100}`;
    journal.add(answered({ kind: 'deactivate-template', sellerId, templateId: `T-${no}` }));
  }
  journal.add(answered({ kind: 'suspend', destination: 'BR' }));
  journal.close();
  const seen = new Map<string, number[]>();
  for await (const part of journalParts(journal.folder)) {
    for (const [seller, entries] of Map.groupBy(part, ({ command }) => 'sellerId' in command && command.sellerId)) {
      expect(seen.has(String(seller))).toBe(false);
      seen.set(
        String(seller),
        entries.map(({ seq }) => seq),
      );
    }
  }
  expect([...seen.values()].flat()).toHaveLength(3_000);
  expect([...seen.values()].every((seqs) => seqs.every((seq, index) => index === 0 || seq > seqs[index - 1]!))).toBe(
    true,
  );
  expect(await readProgrammePart(journal.folder)).toMatchObject([{ seq: 3_000, command: { kind: 'suspend' } }]);
  expect(() => new Journal(journal.folder)).toThrow('EEXIST');
});

describe('the comparison names', () => {
  const whole = endOf(enroll, assign('S-1-K0', 'S-1-T1'));

  test('nothing where the end is that of the model', () => {
    expect(differences(structuredClone(whole), whole)).toEqual([]);
  });

  test('an effect that was lost', () => {
    expect(differences(endOf(enroll), whole)).toMatchObject([
      { code: 'sku.differs', subject: 'S-1 S-1-K0', expected: 'S-1-T1 by 2', found: 'S-1-T0 by 0' },
    ]);
  });

  test('a newer command that an older one has overwritten', () => {
    const shouldBe = endOf(assign('S-1-K0', 'S-1-T1'), assign('S-1-K0', 'S-1-T0'));
    const found = { ...shouldBe, skus: { ...shouldBe.skus, 'S-1 S-1-K0': 'S-1-T1 by 1' } };
    expect(differences(found, shouldBe)).toMatchObject([
      { code: 'sku.differs', expected: 'S-1-T0 by 2', found: 'S-1-T1 by 1' },
    ]);
  });

  test('of a template only what differs', () => {
    const [found] = differences(endOf(assign('S-1-K0', 'S-1-T1')), whole);
    expect(found).toMatchObject({ code: 'template.differs', subject: 'S-1-T0' });
    expect(found!.found).toContain('geState off');
    expect(found!.found).not.toContain('name');
  });

  test('a mail that never went out, and one that went out twice', () => {
    expect(differences({ ...whole, mails: [] }, whole)).toMatchObject([{ code: 'mail.missing', found: '0 ×' }]);
    const twice = { ...whole, mails: [...whole.mails, ...whole.mails] };
    expect(differences(twice, whole)).toMatchObject([{ code: 'mail.doubled', expected: '1 ×', found: '2 ×' }]);
  });

  test('a row that nobody asked for', () => {
    const surplus = { ...whole, orders: { 'O-9': 'pending pending ' } };
    expect(differences(surplus, whole)).toMatchObject([{ code: 'order.differs', subject: 'O-9', expected: 'nothing' }]);
  });
});

test('a report is plain JSON that its schema knows, counts every finding, keeps the first, and says so in words', () => {
  const writer = new ReportWriter();
  for (let no = 0; no < 500; no += 1) {
    writer.accepted('assign-skus');
    writer.ended('done');
    writer.found(differences(endOf(), endOf(assign('S-1-K0', 'S-1-T1'))));
  }
  writer.unchecked('label charges', 'there is no admin token');
  const report = writer.report();
  expect(auditReport.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
  expect(report).toMatchObject({
    ok: false,
    accepted: 500,
    findingsTotal: 500,
    findingsByCode: { 'sku.differs': 500 },
  });
  expect(report.findings.length).toBeLessThan(500);
  expect(reportText(report)).toContain('500 things amiss in 500 accepted commands');
  expect(reportText(report)).toContain('not checked: label charges');
});
