/** What a name of a cookie or of a storage entry looks like when it was written as something else. */
interface Sign {
  pattern: RegExp;
  wrong: string;
  /** The likeliest names that were meant; none when nobody can tell. */
  meant(name: string): string[];
  /** Entries of storages have names of any characters. */
  cookiesOnly?: true;
}

const ONLY_WILDCARD = '"*" is the only wildcard, and stands for any characters';

const SIGNS: Sign[] = [
  {
    pattern: /^\/.+\/[a-z]*$|^\^|\$$|\\[\w.*+?()[\]]|\.\+|\[[^\]]+\][*+?{]|\)[*+?]|\([^)]*\|/,
    wrong: `is a regular expression; ${ONLY_WILDCARD}`,
    meant: namesOfRegExp,
  },
  { pattern: /^\s|\s$/, wrong: 'has space around it', meant: (name) => [name.trim()] },
  {
    pattern: /["“”«»]/,
    wrong: 'has quotes in it',
    meant: (name) => [name.replace(/["“”«»\s]/g, '')],
    cookiesOnly: true,
  },
  {
    pattern: /[\s,;]|[\w*]\|[\w*]/,
    wrong: 'is several names in one, or no name that a cookie can have',
    meant: (name) => name.split(/[\s,;|]+/).filter(Boolean),
    cookiesOnly: true,
  },
  {
    pattern: /=/,
    wrong: 'has a value: what stands after "=" is no part of the name',
    meant: (name) => [name.replace(/=.*/, '')],
    cookiesOnly: true,
  },
  {
    pattern: /(^|[^a-zA-Z])(X{3,}|x{4,})(?![a-zA-Z])/,
    wrong: `stands for several; ${ONLY_WILDCARD}`,
    meant: (name) => [name.replace(/(?<![a-zA-Z])(X{3,}|x{4,})(?![a-zA-Z])/g, '*')],
  },
  {
    // What is percent-encoded is a name as it is, and a letter or a sign may stand behind either in one.
    pattern: /##|(^|[_.-])#(?!\w)|%(?![0-9a-f]{2})[sd]?(?![a-z0-9])/i,
    wrong: `stands for several; ${ONLY_WILDCARD}`,
    meant: (name) => [name.replace(/#+|%(?![0-9a-f]{2})[sd]?(?![a-z0-9])/gi, '*')],
    cookiesOnly: true,
  },
  {
    pattern: /[\w.-](<.+>|\{.+\}|\[.+\])|\.\.\.|…|\?/,
    wrong: `stands for several; ${ONLY_WILDCARD}`,
    meant: (name) => [name.replace(/<.*?>|\{.*?\}|\[.*?\]|\.\.\.|…|\?/g, '*')],
    cookiesOnly: true,
  },
];

const EVERY = { cookie: 'cookie', storage: 'entry and database' };

/**
 * What is wrong with a name that could never match, and what to write; undefined when nothing is.
 * @param write how an entry with a name is written
 */
export function nameMistake(
  name: string,
  kind: 'cookie' | 'storage',
  write: (name: string) => string,
): string | undefined {
  if (/^\*+$/.test(name))
    return `would be every ${EVERY[kind]} of the site, which a refusal would delete: nobody could stay logged in. Write the names that the service sets, with "*" for what differs, such as ${write('_ga_*')}`;
  const sign = SIGNS.find(({ pattern, cookiesOnly }) => pattern.test(name) && (kind === 'cookie' || !cookiesOnly));
  if (!sign) return undefined;
  const meant = sign.meant(name).map((better) => better.replace(/\*+/g, '*'));
  const better =
    meant.length > 0 && meant.every((one) => one !== '*' && one !== '' && !nameMistake(one, kind, write))
      ? meant
      : undefined;
  return `could never match: it ${sign.wrong}. Write ${better ? better.map(write).join(', ') : `the name with "*" for what differs, such as ${write('_ga_*')}`}`;
}

/** The names that a simple regular expression is about, as a policy has them; none where they cannot be said so. */
export function namesOfRegExp(text: string): string[] {
  const source = text.replace(/^\/(.+)\/[a-z]*$/, '$1');
  // Without the slashes, most people mean a name that begins like this.
  const before = source === text ? '' : '*';
  const alternatives = /^\^?\(?(?:\?:)?([^()]*\|[^()]*)\)?(\$?)$/.exec(source);
  const sources = alternatives
    ? alternatives[1]!.split('|').map((one) => `${source.startsWith('^') ? '^' : ''}${one}${alternatives[2]}`)
    : [source];
  const names = sources.map((one) =>
    `${one.startsWith('^') ? '' : before}${one.replace(/^\^|\$$/g, '')}${one.endsWith('$') ? '' : '*'}`
      .replace(/(\\[dwsDWS]|\[[^\]]*\]|(?<!\\)\.(?=[*+]))([*+?]|\{[\d,]*\})?/g, '*')
      .replace(/\\(.)/g, '$1'),
  );
  return names.some((name) => /[()|?+{}^$\\]/.test(name)) ? [] : names;
}
