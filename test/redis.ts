import { execFileSync, spawn } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

export interface RunningRedis {
  /** `redis://127.0.0.1:…` */
  url: string;
  /** Ends it, and deletes what it kept. */
  stop(): Promise<void>;
}

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
  const redis = spawn(executable, ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'no'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = new Promise<void>((resolve) => redis.once('exit', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    let said = '';
    redis.stdout.on('data', (part: Buffer) => {
      said += String(part);
      if (said.includes('Ready to accept connections')) resolve();
    });
    redis.once('error', reject);
    redis.once('exit', (code) => reject(new Error(`${executable} ended with code ${code} before it listened:\n${said}`)));
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
  return fromEnvironment() ?? fromPath() ?? fromDebian();
}

function fromEnvironment(): string | undefined {
  const path = process.env['REDIS_PATH'];
  if (path && !isExecutable(path)) throw new Error(`REDIS_PATH names ${path}, which cannot be executed. Correct or unset it.`);
  return path || undefined;
}

function fromPath(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  return folders.map((folder) => join(folder, 'redis-server')).find(isExecutable);
}

function fromDebian(): string {
  const command = `apt-get install -y --no-install-recommends ${PACKAGE}`;
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) {
    throw new Error(`The tests need Redis. On Debian, as root: ${command}; or name its executable in REDIS_PATH.`);
  }
  // RUNLEVEL keeps the package from starting a server of its own.
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  const apt = (...parameters: string[]) =>
    execFileSync('apt-get', ['-qq', ...parameters], { env: environment, stdio: ['ignore', 'ignore', 'pipe'] });
  apt('update');
  apt('install', '-y', '--no-install-recommends', PACKAGE);
  const path = fromPath();
  if (!path) throw new Error(`There is still no redis-server on the PATH after "${command}".`);
  return path;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
