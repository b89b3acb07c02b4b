import { WAY_UP } from '../requests/is-left-out';

/**
 * The source of a regular expression, for PCRE, RE2 and JavaScript alike, that the beginnings of requests' targets match which
 * some paths name: as they are written, or percent-encoded as browsers do. Whoever writes them in another way is none of them.
 * @param paths of the policy (`exclude`, `reports` …); one that ends in "/" stands for everything below it
 */
export function requestTargets(paths: readonly string[]): string {
  const alternatives = paths.map((path) =>
    [...new Set(spellingsOf(path).map(escaped))].map((spelling) =>
      path.endsWith('/') ? spelling : `${spelling}(?:[? ]|$)`,
    ),
  );
  return `(?:${alternatives.flat().join('|')})`;
}

/**
 * The source of a regular expression, for PCRE and JavaScript, that matches nothing, and no request's target behind it which some
 * servers lead out of the folder that it names: `/admin/..%2fpage`.
 */
export const NO_WAY_UP = `(?![^?\\x20]*${WAY_UP})`;

const STEP = String.raw`(?:[^/.][^/]*|\.(?:[^/.][^/]*)?|\.\.(?:[^/;][^/]*)?)?`;

/**
 * The same for RE2, which looks nowhere ahead, and for paths whose ways up the server has followed itself, but for `/admin/..;/page`:
 * the source of an expression that matches the rest of a path.
 */
export const STEPS_DOWN = `(?:${STEP}/)*${STEP}$`;

function spellingsOf(path: string): string[] {
  try {
    const decoded = decodeURIComponent(path);
    return [decoded, encodeURI(decoded), path];
  } catch {
    return [path];
  }
}

/** No character is left that a server's configuration, or an expression, gives a meaning. */
function escaped(path: string): string {
  return path.replace(
    /[^\w/~\u0080-\uffff-]/g,
    (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
}
