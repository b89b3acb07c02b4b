import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

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
