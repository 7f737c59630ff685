import { fileURLToPath } from 'node:url';
import { startProgram } from '../peers/startProgram.ts';
import { cpuMs } from '../servers/processUse.ts';
import type { BenchCarrier } from './simulator.ts';

const file = fileURLToPath(new URL('bareClient.ts', import.meta.url));

/** Calls per second of a client that does nothing but call. @throws Error unless each of them was charged */
export async function bareCalls(count: number, inFlight: number, carrier: BenchCarrier) {
  const { offerToken, serviceId } = await carrier.offer();
  const offer = JSON.stringify({ offerToken, serviceId });
  const program = startProgram('the bare client', file, [carrier.url, String(count), String(inFlight), offer]);
  try {
    await program.said('ready');
    const charged = await carrier.charges();
    const cpu = async () => [await cpuMs(program.pid), await cpuMs(carrier.process.process.pid)] as const;
    const before = await cpu();
    const started = performance.now();
    program.go();
    await program.said('done');
    const ms = performance.now() - started;
    const after = await cpu();
    const charges = (await carrier.charges()) - charged;
    if (charges !== count) throw new Error(`the bare client was charged ${charges} times for ${count} calls`);
    return {
      perSecond: (count / ms) * 1_000,
      beside: {
        'bare client, CPU ms per label': (after[0] - before[0]) / count,
        'carrier beside the bare client, CPU ms per label': (after[1] - before[1]) / count,
      },
    };
  } finally {
    await program.kill();
  }
}
