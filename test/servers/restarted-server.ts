import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const SERVER = fileURLToPath(new URL('failing-server.ts', import.meta.url));

/** The failing server, which can be killed and comes back, each time as another process on another port. */
export class RestartedServer {
  readonly #parameters: string[];
  #child: ChildProcess | undefined;
  /** Where the server is; waits while it starts. */
  address: Promise<string>;

  constructor(kind: 'folder' | 'redis', place: string) {
    this.#parameters = [kind, place];
    this.address = this.#start();
  }

  /** Kills it with SIGKILL, whatever it is doing, and starts it again. */
  async restart(): Promise<void> {
    await this.address;
    this.address = this.stop().then(() => this.#start());
    await this.address;
  }

  async stop(): Promise<void> {
    const child = this.#child!;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  async #start(): Promise<string> {
    const child = fork(SERVER, this.#parameters, { execArgv: ['--import', 'tsx'] });
    this.#child = child;
    const port = await new Promise((resolve, reject) => {
      child.once('message', resolve);
      child.once('exit', (code) => reject(new Error(`The server ended with code ${code} before it listened.`)));
    });
    return `http://127.0.0.1:${String(port)}/consent-receipts`;
  }
}
