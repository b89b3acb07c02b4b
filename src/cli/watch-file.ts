import { on } from 'node:events';
import { watch } from 'node:fs';
import { readFile, realpath } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** Some editors empty a file first, and write it then: what is read in between is nobody's text. */
const WRITTEN_MS = 100;

/** Comes back at once, and each time that a file has another content, or is gone, until the process ends. */
export async function* changesOf(file: string): AsyncGenerator<void> {
  const path = await realpath(file);
  // The folder, since many editors write a new file and give it the name.
  const events = on(watch(dirname(path)), 'change');
  let known: Uint8Array | undefined;
  for (;;) {
    const content = await readFile(path).catch(() => undefined);
    const isGone = content === undefined && known !== undefined;
    if (isGone || (content && content.length > 0 && !(known && content.equals(known)))) {
      known = content;
      yield;
    }
    let name: unknown;
    do [, name] = (await events.next()).value as unknown[];
    while (name !== null && name !== basename(path));
    await pause(WRITTEN_MS);
  }
}
