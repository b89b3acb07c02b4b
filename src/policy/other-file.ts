/** Other files of JSON that are given for a policy, by keys that only they have. */
const FILES: Record<string, readonly string[]> = {
  'an npm package’s package.json': ['dependencies', 'devDependencies', 'peerDependencies', 'scripts', 'engines'],
  'a package-lock.json': ['lockfileVersion'],
  'an export of Google Tag Manager': ['exportFormatVersion', 'containerVersion'],
  'TypeScript’s tsconfig.json': ['compilerOptions'],
  'a JSON schema': ['properties', '$defs', 'definitions'],
  'the manifest of a web app': ['start_url', 'short_name'],
  'the manifest of a browser extension': ['manifest_version'],
};
/** Keys without which there is no policy. */
const OF_POLICY = /^(revision|services?)$/i;

/** What is wrong with a file that is well-formed, and another one than the policy's; undefined where it may be one. */
export function otherFile(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const keys = Object.keys(value);
  if (keys.some((key) => OF_POLICY.test(key))) return undefined;
  const name = Object.keys(FILES).find((file) => FILES[file]!.some((key) => keys.includes(key)));
  return (
    name &&
    `this is ${name}, and no policy. Name the policy’s file; where there is none yet, npx cookie-gatekeeper init policy.json writes one to start from`
  );
}
