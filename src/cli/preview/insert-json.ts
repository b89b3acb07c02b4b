import { findNodeAtLocation, parseTree, type JSONPath, type Node } from 'jsonc-parser';

/**
 * Puts an item at the end of a list in a text of JSON, written as what stands before it is. All else stays, byte for byte.
 * @param path of the list
 */
export function appendItem(text: string, path: JSONPath, item: unknown): string {
  const list = nodeAt(text, path);
  return insertLast(text, list, item, (written) => written);
}

/** Puts a key at the end of an object that does not have it, in the same way. */
export function appendKey(text: string, path: JSONPath, key: string, value: unknown): string {
  return insertLast(text, nodeAt(text, path), value, (written) => `${JSON.stringify(key)}: ${written}`);
}

/** Replaces a value in a text of JSON. */
export function replaceValue(text: string, path: JSONPath, value: unknown): string {
  const { offset, length } = nodeAt(text, path);
  return text.slice(0, offset) + JSON.stringify(value) + text.slice(offset + length);
}

function nodeAt(text: string, path: JSONPath): Node {
  const node = findNodeAtLocation(parseTree(text)!, path);
  if (!node) throw new Error(`There is no ${path.join('.')} in the text.`);
  return node;
}

function insertLast(text: string, container: Node, value: unknown, write: (value: string) => string): string {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const last = container.children?.at(-1);
  if (!last) {
    const end = container.offset + container.length - 1;
    const indent = indentAt(text, container.offset);
    const inside = indent + unitOf(text);
    const item = write(onLines(value, inside, unitOf(text), eol));
    return `${text.slice(0, container.offset + 1)}${eol}${inside}${item}${eol}${indent}${text.slice(end)}`;
  }
  const end = last.offset + last.length;
  const indent = indentAt(text, last.offset);
  const isOnOwnLine = /(^|\n)[ \t]*$/.test(text.slice(0, last.offset));
  const isOnOneLine = !text.slice(last.offset, end).includes('\n');
  const item = write(isOnOneLine ? onOneLine(value) : onLines(value, indent, unitOf(text), eol));
  return `${text.slice(0, end)},${isOnOwnLine ? eol + indent : ' '}${item}${text.slice(end)}`;
}

/** The white space that a place's line begins with. */
function indentAt(text: string, offset: number): string {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  return /^[ \t]*/.exec(line)![0];
}

/** By how much each level is indented: as the first line is that is. */
function unitOf(text: string): string {
  return /\n([ \t]+)\S/.exec(text)?.[1] ?? '  ';
}

function onLines(value: unknown, indent: string, unit: string, eol: string): string {
  return JSON.stringify(value, null, unit).replaceAll('\n', eol + indent);
}

/** No text in JSON has a line break of its own. */
function onOneLine(value: unknown): string {
  return JSON.stringify(value, null, 1)
    .replace(/\n\s*/g, ' ')
    .replace(/\[ | \]/g, (bracket) => bracket.trim());
}
