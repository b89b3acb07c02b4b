import WebSocket from 'ws';
import type { CDPEvents, CDPSession } from 'puppeteer';

/** What is said to a browser, or to one of its tabs or workers, over the DevTools protocol. */
export interface Session {
  send: CDPSession['send'];
  /**
   * Calls a listener with each event of a name.
   * @returns what ends that
   */
  on<Name extends keyof CDPEvents & string>(name: Name, listener: (event: CDPEvents[Name]) => void): () => void;
}

interface Answer {
  id?: number;
  sessionId?: string;
  method?: string;
  params?: unknown;
  result?: unknown;
  error?: { message: string };
}

/**
 * A connection to a running browser. Unlike puppeteer's, it does nothing by itself: puppeteer attaches to each page and worker
 * and listens to its network, and holds every worker until it has, which would be measured along.
 */
export class DevTools {
  readonly #socket: WebSocket;
  readonly #answers = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>();
  readonly #listeners = new Set<(event: Answer) => void>();
  #calls = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (text: Buffer) => this.#hear(JSON.parse(text.toString()) as Answer));
    socket.on('close', () => {
      for (const { reject } of this.#answers.values()) reject(new Error('The browser has closed.'));
    });
  }

  /** @param url as `Browser.wsEndpoint` has it */
  static async connect(url: string): Promise<DevTools> {
    const socket = new WebSocket(url, { perMessageDeflate: false, maxPayload: 0 });
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    return new DevTools(socket);
  }

  /** @param sessionId of a tab or worker that was attached to; the browser's own without it */
  session(sessionId?: string): Session {
    return {
      send: ((method: string, params: object = {}) => this.#call({ method, params, sessionId })) as CDPSession['send'],
      on: (name, listener) => {
        const hear = (event: Answer) => {
          if (event.method === name && event.sessionId === sessionId) listener(event.params as CDPEvents[typeof name]);
        };
        this.#listeners.add(hear);
        return () => this.#listeners.delete(hear);
      },
    };
  }

  close(): void {
    this.#socket.close();
  }

  #call(call: { method: string; params: object; sessionId?: string }): Promise<unknown> {
    const id = ++this.#calls;
    return new Promise((resolve, reject) => {
      this.#answers.set(id, {
        resolve,
        reject: ({ message }) => reject(new Error(`${call.method}: ${message}`)),
      });
      this.#socket.send(JSON.stringify({ id, ...call }));
    });
  }

  #hear(heard: Answer): void {
    const { id, result, error } = heard;
    if (id === undefined) {
      for (const listener of this.#listeners) listener(heard);
      return;
    }
    const answer = this.#answers.get(id);
    this.#answers.delete(id);
    if (error) answer?.reject(new Error(error.message));
    else answer?.resolve(result);
  }
}
