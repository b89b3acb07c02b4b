import { matchesHostSource, parseHostSource } from '../../src/origins/host-source';
import { SITE } from './sample-policy';

/** A Content-Security-Policy as a browser reads it. */
export function readCsp(text: string): Map<string, string[]> {
  const directives = new Map<string, string[]>();
  for (const directive of text.split(';')) {
    const [name, ...values] = directive.trim().split(/\s+/);
    // A directive that is there already is ignored.
    if (name && !directives.has(name)) directives.set(name, values);
  }
  return directives;
}

const FALLBACK: Record<string, string[]> = {
  'script-src-elem': ['script-src'],
  'style-src-elem': ['style-src'],
  'worker-src': ['child-src', 'script-src'],
  'frame-src': ['child-src'],
};

/** Whether a document under this policy may load a URL of another origin. */
export function lets(csp: string, directive: string, url: string): boolean {
  const directives = readCsp(csp);
  const name = [directive, ...(FALLBACK[directive] ?? []), 'default-src'].find((candidate) =>
    directives.has(candidate),
  );
  if (!name) return true;
  return directives.get(name)!.some((expression) => {
    if (expression === '*' || /^[a-z]+:$/.test(expression)) return expression === '*' || url.startsWith(expression);
    const source = parseHostSource(expression);
    return !!source && matchesHostSource(new URL(url), source, new URL(SITE));
  });
}
