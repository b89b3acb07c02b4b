import { keptAlive } from './keep-alive';

/**
 * Resolves when the first of a body is there, with which browsers begin a document. Never rejects: where the connection breaks off, so
 * does the answer's own body.
 */
export async function firstBytes(response: Response): Promise<void> {
  const reader = response.clone().body?.getReader();
  await reader?.read().catch(() => {});
  void reader?.cancel().catch(() => {});
}

/** A script, which a worker runs no sooner than it is whole. Never rejects: of one that breaks off, nothing is run. */
export async function wholeText(response: Response): Promise<string> {
  const { body } = response.clone();
  return body ? new Response(keptAlive(body)).text().catch(() => '') : '';
}
