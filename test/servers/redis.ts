import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { executableNamedIn, findExecutable } from '../../src/cli/browser/find-executable';
import { aptCommand, hasApt, installPackages } from '../debian';
import { freePort } from '../free-port';

export interface RunningRedis {
  /** `redis://127.0.0.1:…` */
  url: string;
  /** Ends it, and deletes what it kept. */
  stop(): Promise<void>;
}

/** The Debian package, and the executable in it. */
const PACKAGE = 'redis-server';

/**
 * Starts a Redis of its own on a free port of this machine, and resolves when it listens. Installs it as root on
 * Debian where it is missing.
 *
 * @throws (rejects) when there is none and it cannot be installed; the message says what to install
 */
export async function startRedis(): Promise<RunningRedis> {
  const executable = executableOfRedis();
  const folder = await mkdtemp(join(tmpdir(), 'cookie-gatekeeper-redis-'));
  const port = await freePort();
  const redis = spawn(
    executable,
    ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'no'],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const ended = new Promise<void>((resolve) => redis.once('exit', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    let said = '';
    redis.stdout.on('data', (part: Buffer) => {
      said += String(part);
      if (said.includes('Ready to accept connections')) resolve();
    });
    redis.once('error', reject);
    redis.once('exit', (code) =>
      reject(new Error(`${executable} ended with code ${code} before it listened:\n${said}`)),
    );
  });
  return {
    url: `redis://127.0.0.1:${port}`,
    async stop() {
      redis.kill('SIGKILL');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function executableOfRedis(): string {
  return executableNamedIn('REDIS_PATH') ?? findExecutable([PACKAGE]) ?? fromDebian();
}

function fromDebian(): string {
  if (!hasApt())
    throw new Error(
      `The tests need Redis. On Debian, as root: ${aptCommand(PACKAGE)}; or name its executable in REDIS_PATH.`,
    );
  installPackages(PACKAGE);
  const path = findExecutable([PACKAGE]);
  if (!path) throw new Error(`There is still no ${PACKAGE} on the PATH after "${aptCommand(PACKAGE)}".`);
  return path;
}
