import { spawn } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { forgetProcess, watchProcess } from '@ge/embedded';
import { projectDir, toolsDir } from '../project.ts';
import { signalExitCodes } from '../stop-signal.ts';

export interface StepResult {
  /** Exit code; 128 + n where signal n ended it. */
  readonly code: number;
  readonly ms: number;
  /** What it printed, when that was not shown at once. */
  readonly output: string;
}

export interface StepOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** Where its output goes at once; `nowhere`: it is kept, to be shown only if the step fails. */
  readonly show: 'output' | 'errors' | 'nowhere';
}

/** Off a terminal no tool writes colours, whatever else it finds in the environment. */
const plain = process.stdout.isTTY ? {} : { NO_COLOR: '1' };

/** Runs one of the project's installed tools in the project's folder, with nothing on its standard input. */
export function runStep(tool: string, args: readonly string[], options: StepOptions): Promise<StepResult> {
  const started = performance.now();
  const output = { output: 'inherit', errors: process.stderr, nowhere: 'pipe' } as const;
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
      stdio: ['ignore', output[options.show], options.show === 'nowhere' ? 'pipe' : 'inherit'],
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
    // What the tool still has to put away is waited for. It is SIGTERM whatever we got: at SIGINT Turborepo takes it that
    // the terminal has told its programs too, and waits until they are done.
    let asked: NodeJS.Signals | undefined;
    const pass = (signal: NodeJS.Signals) => {
      asked = signal;
      child.kill('SIGTERM');
    };
    for (const signal of Object.keys(signalExitCodes)) process.on(signal, pass);
    const finish = (code: number) => {
      for (const signal of Object.keys(signalExitCodes)) process.off(signal, pass);
      if (group !== undefined) {
        endGroup(group);
        forgetProcess(group);
      }
      resolve({
        code: (asked && signalExitCodes[asked]) ?? code,
        ms: Math.round(performance.now() - started),
        output: said,
      });
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
