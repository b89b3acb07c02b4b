import { spawn } from 'node:child_process';
import { until } from '../browser/third-party-hits';
import { MAIN } from './command-line';

/** A command that goes on until it is ended. */
export interface RunningCommand {
  /** All that it has printed so far, on standard output and standard error. */
  said(): string;
  /** Waits until it has said something. */
  says(what: RegExp): Promise<void>;
  end(): Promise<void>;
}

/** Starts the command as it is published. */
export function startCommand(folder: string, ...args: string[]): RunningCommand {
  const child = spawn(process.execPath, [MAIN, ...args], { cwd: folder });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  return {
    said: () => said,
    says: (what) =>
      until(() => {
        if (child.exitCode !== null) throw new Error(`It ended: ${said}`);
        return what.test(said);
      }, `it says ${what}; it said: ${said}`),
    end: async () => {
      child.kill();
      await ended;
    },
  };
}

/** The same for one that ends by itself, while servers of this process answer it. */
export function endedCommand(folder: string, ...args: string[]): Promise<{ status: number | null; stderr: string }> {
  const child = spawn(process.execPath, [MAIN, ...args], { cwd: folder });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  return new Promise((resolve) => child.once('close', (status) => resolve({ status, stderr })));
}
