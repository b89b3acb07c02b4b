import type { AnyNode, MemberExpression, NewExpression, ObjectExpression, Property } from 'acorn';
import { full } from 'acorn-walk';
import { writePath, type PolicyPath as Path } from '../../policy/policy-error';
import type { Script } from './script-of';

/** Something that only running the script would tell. */
export interface Skipped {
  line: number;
  /** Where in the configuration: `services[2].callback`. */
  path: string;
  /** What stands there, or the beginning of it. */
  what: string;
}

const UNKNOWN = Symbol('not a literal');
const SHOWN = 40;

/** Makes values of what a script spells out: texts, numbers, regular expressions, lists, objects, and constants that are such. */
export class LiteralReader {
  readonly #text: string;
  readonly #constants = new Map<string, AnyNode>();
  /** Constants that are being read: one may lead to itself. */
  readonly #open = new Set<string>();
  #skipped: Skipped[] = [];

  constructor({ program, text }: Script) {
    this.#text = text;
    this.#findConstants(program);
  }

  /** @returns the value of an expression without what is no literal in it, and that; undefined for one that is none at all */
  read(node: AnyNode, path: Path = []): { value: unknown; skipped: Skipped[] } {
    this.#skipped = [];
    const value = this.#known(node, path);
    return { value: value === UNKNOWN ? undefined : value, skipped: this.#skipped };
  }

  /** Names that are given a value once. */
  #findConstants(program: AnyNode): void {
    const again = new Set<string>();
    full(program, (node) => {
      if (node.type === 'AssignmentExpression' && node.left.type === 'Identifier') again.add(node.left.name);
      if (node.type !== 'VariableDeclarator' || node.id.type !== 'Identifier') return;
      if (this.#constants.has(node.id.name)) again.add(node.id.name);
      else if (node.init) this.#constants.set(node.id.name, node.init);
    });
    for (const name of again) this.#constants.delete(name);
  }

  /** The same as `#value`, and what has none is noted. */
  #known(node: AnyNode, path: Path): unknown {
    const value = this.#value(node, path);
    if (value === UNKNOWN) this.#skip(node, path);
    return value;
  }

  #skip({ type, start, end, loc }: AnyNode, path: Path): void {
    const written = this.#text.slice(start, end).replace(/\s+/g, ' ');
    const shown = written.length > SHOWN ? `${written.slice(0, SHOWN - 1)}…` : written;
    const what = /Function/.test(type) ? 'a function' : shown;
    this.#skipped.push({ line: loc!.start.line, path: writePath(path), what });
  }

  #value(node: AnyNode, path: Path): unknown {
    if (node.type === 'Literal') return node.regex ? regExp(node.regex.pattern, node.regex.flags) : node.value;
    if (node.type === 'ObjectExpression') return this.#object(node, path);
    if (node.type === 'ArrayExpression')
      return node.elements.flatMap((element, index) => this.#items(element, [...path, index]));
    if (node.type === 'Identifier') return this.#constant(node.name, path);
    if (node.type === 'MemberExpression') return this.#member(node, path);
    if (node.type === 'NewExpression') return this.#regExp(node, path);
    return this.#computed(node, path);
  }

  /** What operators make of literals. */
  #computed(node: AnyNode, path: Path): unknown {
    if (node.type === 'TemplateLiteral')
      return joined(
        node.quasis.flatMap(({ value }, index) => [value.cooked, ...this.#expressionAt(node.expressions[index], path)]),
      );
    if (node.type === 'BinaryExpression' && node.operator === '+')
      return joined([this.#value(node.left, path), this.#value(node.right, path)]);
    if (node.type !== 'UnaryExpression') return UNKNOWN;
    const value = this.#value(node.argument, path);
    if (typeof value !== 'number') return UNKNOWN;
    // As minifiers write true and false.
    if (node.operator === '!') return !value;
    return node.operator === '-' ? -value : UNKNOWN;
  }

  #items(element: AnyNode | null, path: Path): unknown[] {
    if (!element) return [];
    const isSpread = element.type === 'SpreadElement';
    const value = isSpread ? this.#value(element.argument, path) : this.#known(element, path);
    if (!isSpread) return value === UNKNOWN ? [] : [value];
    if (Array.isArray(value)) return value;
    this.#skip(element, path);
    return [];
  }

  #member({ object, property, computed }: MemberExpression, path: Path): unknown {
    const value = this.#value(object, path);
    const key = computed ? this.#value(property, path) : nameOf(property);
    return isRecord(value) && typeof key === 'string' && Object.hasOwn(value, key) ? value[key] : UNKNOWN;
  }

  #regExp({ callee, arguments: given }: NewExpression, path: Path): unknown {
    if (nameOf(callee) !== 'RegExp') return UNKNOWN;
    const [pattern, flags = ''] = given.map((argument) => this.#value(argument, path));
    return typeof pattern === 'string' && typeof flags === 'string' ? regExp(pattern, flags) : UNKNOWN;
  }

  #expressionAt(node: AnyNode | undefined, path: Path): unknown[] {
    return node ? [this.#value(node, path)] : [];
  }

  #object({ properties }: ObjectExpression, path: Path): Record<string, unknown> {
    return Object.fromEntries(
      properties.flatMap((property) => {
        if (property.type === 'SpreadElement') {
          const spread = this.#known(property.argument, path);
          return isRecord(spread) ? Object.entries(spread) : [];
        }
        const key = this.#keyOf(property, path);
        if (key === undefined) return [];
        const value = this.#known(property.value, [...path, key]);
        return value === UNKNOWN ? [] : [[key, value] as const];
      }),
    );
  }

  #keyOf({ key, computed }: Property, path: Path): string | undefined {
    if (!computed && key.type === 'Identifier') return key.name;
    const value = this.#known(key, path);
    return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  }

  #constant(name: string, path: Path): unknown {
    const node = this.#constants.get(name);
    if (!node || this.#open.has(name)) return UNKNOWN;
    this.#open.add(name);
    try {
      return this.#value(node, path);
    } finally {
      this.#open.delete(name);
    }
  }
}

/** Whether a value is an object with keys. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof RegExp);
}

function nameOf(node: AnyNode): string | undefined {
  return node.type === 'Identifier' ? node.name : undefined;
}

function joined(parts: readonly unknown[]): unknown {
  return parts.every((part) => typeof part === 'string' || typeof part === 'number') ? parts.join('') : UNKNOWN;
}

function regExp(pattern: string, flags: string): unknown {
  try {
    return new RegExp(pattern, flags);
  } catch {
    return UNKNOWN;
  }
}
