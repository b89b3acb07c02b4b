import { styleText } from 'node:util';

/** Colours a text where a terminal shows colours and nobody has said `NO_COLOR` (https://no-color.org). */
export function paint(style: Parameters<typeof styleText>[0], text: string, stream: NodeJS.WriteStream): string {
  // Node's own answer heeds NO_COLOR, FORCE_COLOR and the kind of terminal.
  return stream.isTTY && stream.hasColors() ? styleText(style, text) : text;
}
