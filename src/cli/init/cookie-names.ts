import { nameMistake, namesOfRegExp } from '../../policy/name-mistake';

/**
 * The names that a policy has for a cookie of another consent manager.
 * @returns none for a pattern that names with `*` cannot say, or would say of all cookies
 */
export function cookieNames(name: string | RegExp): string[] {
  const isPattern = name instanceof RegExp || name.startsWith('^');
  const names = isPattern ? namesOfRegExp(name instanceof RegExp ? String(name) : `/${name}/`) : [name.trim()];
  const said = names.map((one) => one.replace(/\*+/g, '*'));
  const canBeSaid = (one: string) => /[^*]{2}/.test(one) && !nameMistake(one, 'cookie', String);
  return said.every(canBeSaid) ? said : [];
}
