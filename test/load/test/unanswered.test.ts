import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@ge/api';
import { Journal } from '@ge/audit';
import type { SellerId, TemplateId } from '@ge/domain';
import { expect, onTestFinished, test } from 'vitest';
import { plays } from '../fleet/commands.ts';
import { Sending, type Unanswered } from '../fleet/sending.ts';
import { Random } from '../generator/random.ts';

const overHttp = ['label', 'feed', 'region', 'edit', 'skus', 'enroll', 'deactivate'] as const;

test.each(overHttp)(
  'a command that nobody answers is written down as one that may have been accepted: %s',
  async (kind) => {
    const folder = mkdtempSync(join(tmpdir(), 'ge-flood-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const journal = new Journal(join(folder, 'journal'));
    const unanswered: Unanswered = new Map();
    const sending = new Sending({
      // Port 1 of this machine: nobody is there.
      client: createClient({ baseUrl: 'http://127.0.0.1:1', apiKey: 'key' }),
      market: { sellers: [], spareTemplate: () => 'T-1' as TemplateId, orderId: () => '' },
      journal,
      unanswered,
      nextOrderId: () => '901-0000001-0000001',
      repeats: () => 1,
      busy: new Map(),
      directJobs: null as never,
      intendedAt: Date.now(),
    });
    await plays[kind](sending, 'S-1' as SellerId, new Random(1));
    expect(sending.outcome).toBe('maybe');
    expect(journal.size).toBe(1);
    // It can be asked again.
    expect(unanswered.size).toBe(1);
    journal.close();
  },
);
