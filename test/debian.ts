import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

const LOCK_FILE = join(tmpdir(), 'cookie-gatekeeper-apt.lock');

/** The command that a person would type, as root. */
export function aptCommand(...packages: string[]): string {
  return `apt-get install -y --no-install-recommends ${packages.join(' ')}`;
}

/** Whether packages can be installed: as root, on Debian. */
export function hasApt(): boolean {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version');
}

/**
 * Installs packages, without starting what they bring.
 * @throws when apt-get fails; the message has what it printed
 */
export function installPackages(...packages: string[]): void {
  // RUNLEVEL keeps a package from starting a server of its own.
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  for (const parameters of [['update'], ['install', '-y', '--no-install-recommends', ...packages]]) {
    // One at a time: files of tests run side by side, and may each find that something is missing.
    execFileSync('flock', [LOCK_FILE, 'apt-get', '-qq', ...parameters], {
      env: environment,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  }
}

/** The first of some names, or absolute paths, that can be executed; names are looked for on the PATH. */
export function findExecutable(names: string[]): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  return names
    .flatMap((name) => (name.startsWith('/') ? [name] : folders.map((folder) => join(folder, name))))
    .find(isExecutable);
}

/**
 * The executable that an environment variable names, if it is set.
 * @throws when what it names cannot be executed
 */
export function executableNamedIn(variable: string): string | undefined {
  const path = process.env[variable];
  if (path && !isExecutable(path))
    throw new Error(`${variable} names ${path}, which cannot be executed. Correct or unset it.`);
  return path || undefined;
}

export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
