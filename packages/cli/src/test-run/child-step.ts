import { spawn } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { forgetProcess, watchProcess } from '@ge/embedded';
import { projectDir, toolsDir } from '../project.ts';

export interface StepResult {
  /** Exit code; 128 + n where signal n ended it. */
  readonly code: number;
  readonly ms: number;
  /** What it printed, when that was not shown at once. */
  readonly output: string;
}

export interface StepOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** true: its output goes straight to ours. false: it is kept, to be shown only if the step fails. */
  readonly show: boolean;
}

/** Off a terminal no tool writes colours, whatever else it finds in the environment. */
const plain = process.stdout.isTTY ? {} : { NO_COLOR: '1' };

const stopSignals = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/** Runs one of the project's installed tools in the project's folder, with nothing on its standard input. */
export function runStep(tool: string, args: readonly string[], options: StepOptions): Promise<StepResult> {
  const started = performance.now();
  const output = options.show ? 'inherit' : 'pipe';
  return new Promise((resolve) => {
    const child = spawn(join(projectDir, 'node_modules', '.bin', tool), args, {
      cwd: projectDir,
      env: {
        ...(options.env ?? process.env),
        ...plain,
        TURBO_TELEMETRY_DISABLED: '1',
        // Turborepo asks for pnpm, which the launcher keeps among its tools.
        PATH: [dirname(process.execPath), process.env.PATH, join(toolsDir, 'tools', 'node_modules', '.bin')].join(
          delimiter,
        ),
      },
      stdio: ['ignore', output, output],
      // Its own process group: a Ctrl-C at the terminal reaches it once, through us, not twice.
      detached: true,
    });
    const group = child.pid === undefined ? undefined : -child.pid;
    if (group !== undefined) watchProcess(group, 'SIGTERM');
    let said = '';
    const keep = (chunk: Buffer) => {
      said += chunk.toString();
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    // What the tool still has to put away is waited for.
    let asked: keyof typeof stopSignals | undefined;
    const pass = (signal: NodeJS.Signals) => {
      asked = signal as keyof typeof stopSignals;
      child.kill(signal);
    };
    for (const signal of Object.keys(stopSignals)) process.on(signal, pass);
    const finish = (code: number) => {
      for (const signal of Object.keys(stopSignals)) process.off(signal, pass);
      if (group !== undefined) {
        endGroup(group);
        forgetProcess(group);
      }
      resolve({ code: asked ? stopSignals[asked] : code, ms: Math.round(performance.now() - started), output: said });
    };
    child.once('error', (error) => {
      said += `${error.message}\n`;
      finish(127);
    });
    child.once('close', (code) => finish(code ?? 1));
  });
}

/** What the tool started and left behind, such as the program of a test that was broken off. */
function endGroup(group: number): void {
  try {
    process.kill(group, 'SIGKILL');
  } catch {
    // Nothing was left.
  }
}
