import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the processes of one fleet share and nobody else may know. */
export interface FleetSecrets {
  /** The first API key of scope operator; the gateway keeps its hash in a database that has none yet. */
  readonly operatorKey: string;
  /** Signs enrollment links. */
  readonly enrollmentSecret: string;
  /** The carriers' credential, and what opens the simulator's ledger. */
  readonly carrierKey: string;
  readonly carrierAdminToken: string;
  /** Signs the sessions of the operations board, so that they outlive a restart. */
  readonly sessionSecret: string;
}

/** The secrets of the fleet whose data lies in `folder`; drawn at the first call, readable by their owner only. */
export function fleetSecrets(folder: string): FleetSecrets {
  const file = join(folder, 'secrets.json');
  mkdirSync(folder, { recursive: true });
  const draft = `${file}.${process.pid}`;
  const drawn: FleetSecrets = {
    operatorKey: `ge_operator_${draw()}`,
    enrollmentSecret: draw(),
    carrierKey: draw(),
    carrierAdminToken: draw(),
    sessionSecret: draw(),
  };
  writeFileSync(draft, `${JSON.stringify(drawn, null, 2)}\n`, { mode: 0o600 });
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return JSON.parse(readFileSync(file, 'utf8')) as FleetSecrets;
}

/** 256 bits. */
const draw = () => randomBytes(32).toString('base64url');
