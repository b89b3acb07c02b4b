import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Builder, Capabilities, type WebDriver } from 'selenium-webdriver';
import { aptCommand, hasApt, installPackages } from './debian';
import { freePort } from './free-port';

export interface WebKit {
  driver: WebDriver;
  /** Ends the session, its driver and its display: whatever is left of their process group is killed. */
  stop(): Promise<void>;
}

const PACKAGES = ['webkit2gtk-driver', 'xvfb', 'xauth'];
const COMMANDS = ['/usr/bin/WebKitWebDriver', '/usr/bin/xvfb-run', '/usr/bin/xauth'];
/** The driver answers within half a second here; the rest is for machines under load. */
const START_LIMIT = 20_000;

/**
 * Makes sure that WebKitGTK, its driver and a virtual display are there; installs them as root on Debian.
 *
 * @throws when they are missing and cannot be installed; the message says what to install.
 */
export function ensureWebKit(): void {
  if (isInstalled()) return;
  if (!hasApt())
    throw new Error(
      `The tests in WebKit need WebKitGTK and a virtual display. On Debian, as root: ${aptCommand(...PACKAGES)}`,
    );
  installPackages(...PACKAGES);
  if (!isInstalled()) throw new Error(`WebKitGTK is still missing after "${aptCommand(...PACKAGES)}".`);
}

/** Starts WebKitGTK's MiniBrowser with a fresh profile under a virtual display. One at a time. */
export async function startWebKit(): Promise<WebKit> {
  ensureWebKit();
  const port = await freePort();
  // `detached` makes the process group that stop() kills: xvfb-run leaves its children behind.
  const group = spawn('xvfb-run', ['-a', 'WebKitWebDriver', `--port=${port}`], { detached: true, stdio: 'ignore' });
  const server = `http://127.0.0.1:${port}`;
  try {
    await answering(`${server}/status`, group);
    const capabilities = new Capabilities({
      browserName: 'MiniBrowser',
      // `eager` sometimes never returns.
      pageLoadStrategy: 'normal',
      'webkitgtk:browserOptions': { binary: miniBrowser(), args: ['--automation'] },
    });
    const driver = await new Builder().usingServer(server).withCapabilities(capabilities).build();
    return {
      driver,
      async stop() {
        await driver.quit().catch(() => undefined);
        await kill(group);
      },
    };
  } catch (error) {
    await kill(group);
    throw error;
  }
}

function isInstalled(): boolean {
  return COMMANDS.every(existsSync) && miniBrowser() !== undefined;
}

function miniBrowser(): string | undefined {
  return readdirSync('/usr/lib')
    .map((architecture) => join('/usr/lib', architecture, 'webkit2gtk-4.1', 'MiniBrowser'))
    .find(existsSync);
}

/** Neither the driver nor xvfb-run announces that it listens, so this asks until one of them answers. */
async function answering(url: string, group: ChildProcess): Promise<void> {
  const limit = Date.now() + START_LIMIT;
  while (Date.now() < limit) {
    if (group.exitCode !== null)
      throw new Error(`xvfb-run ended with code ${group.exitCode} before WebKitWebDriver answered.`);
    const answered = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (answered) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`WebKitWebDriver did not answer within ${START_LIMIT} ms.`);
}

async function kill(group: ChildProcess): Promise<void> {
  const ended =
    group.exitCode === null && group.signalCode === null
      ? new Promise((resolve) => group.once('exit', resolve))
      : Promise.resolve();
  try {
    process.kill(-group.pid!, 'SIGKILL');
  } catch {
    return; // The group is already empty.
  }
  await ended;
}
