import type { BannerLook, Choice } from './observation';

/** The choices that are not among others: what was there before an answer, and has gone with it, or what has come since. */
export function without(choices: readonly Choice[], others: readonly Choice[]): Choice[] {
  const left = others.map(identityOf);
  return choices.filter((choice) => {
    const index = left.indexOf(identityOf(choice));
    // Two that look alike are two: each stands for one other.
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
}

/** The answers of the one that is most like a banner: our own, or one that lies over the page, or offers both. */
export function bannerAmong(choices: readonly Choice[]): Pick<BannerLook, 'accept' | 'refuse'> {
  const { accept, refuse } = choices.find(({ kind }) => kind === 'own') ?? choices.find(isQuestion) ?? choices[0] ?? {};
  return { accept, refuse };
}

/** Whether anything asks for an answer, by offering both. */
export function asks(choices: readonly Choice[]): boolean {
  return choices.some(isQuestion);
}

function isQuestion({ accept, refuse }: Choice): boolean {
  return accept !== undefined && refuse !== undefined;
}

function identityOf({ place, accept, refuse }: Choice): string {
  return JSON.stringify([place, accept?.text, refuse?.text]);
}
