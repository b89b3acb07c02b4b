/** Somewhere in a text, something that is of another language than JSON. */
interface OtherLanguage {
  /** Code units before it. */
  at: number;
  /** What it is, and what to do. */
  fix: string;
}

/** What a text of another language begins with, behind comments. */
const BEGINNINGS: [language: string, pattern: RegExp][] = [
  [
    'HTML, such as servers send in the place of a file that is not there',
    /^<(!doctype\s+html|!--|html|head|body|script)\b/i,
  ],
  ['XML', /^<[?!a-z]/i],
  [
    'JavaScript',
    /^(export\s+(default|const|let|var)|module\.exports|exports\.|(const|let|var|import|function|return)\s|(window|globalThis|self)\.|[\w$.]+\s*=\s*[{(]|['"]use strict['"])/,
  ],
  ['YAML', /^(---\s|%YAML\s|- |'?[\w$-]+'?:(\s|$))/],
  ['TOML', /^(\[\[?[\w. -]+\]\]?\s*$|[\w.-]+\s*=)/m],
];
/** A line, or the rest of one, that is a comment in one of them, or nothing. */
const COMMENTS = /^(\s+|\/\/.*|#.*|\/\*[^]*?\*\/)+/;
/** Lines that git puts around two versions of the same lines: https://git-scm.com/docs/git-merge#_how_conflicts_are_presented. */
const CONFLICT = /^(<{7} |={7}\r?$|>{7} |\|{7} )/m;

/**
 * What a text that is not JSON is instead, or has in it; undefined where it is meant as JSON.
 * @param text is not JSON: in JSON, no line begins like those that are looked for
 */
export function otherLanguage(text: string): OtherLanguage | undefined {
  const conflict = CONFLICT.exec(text);
  if (conflict)
    return {
      at: conflict.index,
      fix: 'git has left two versions here. Keep the lines of one, and delete those that begin with <<<<<<<, ======= and >>>>>>>',
    };
  const at = COMMENTS.exec(text)?.[0].length ?? 0;
  const language = BEGINNINGS.find(([, pattern]) => pattern.exec(text.slice(at))?.index === 0)?.[0];
  if (language === undefined) return undefined;
  const write =
    language === 'JavaScript'
      ? 'Write what is in its braces alone, without "export default" and the like, and keys in double quotes'
      : 'Write { "revision": "2026-11-23", "services": [ … ] }';
  return { at, fix: `this is ${language}, and a policy is JSON. ${write}` };
}
