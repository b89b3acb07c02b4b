import { PLAIN } from '../harness';
import type { TestedExample } from '../third-party-hits';
import type { AppState } from './bundle';

/** What is done to an application, and what it shows then. */
export interface Step {
  what: string;
  /** Code that does it in the page, without which it is `render` of its state. */
  act?: string;
  state: AppState;
}

/** From what the server has sent, all that an application does to what it shows. */
export function stepsOf({ thirdParties: { partner, youtube } }: TestedExample): [Step, ...Step[]] {
  const frame = (key: string, [src, service]: readonly [string, string?], label = key) => ({
    key,
    label,
    src,
    service,
  });
  const own = [PLAIN] as const;
  const one = [`${partner.origin}/frame/one`, 'partner'] as const;
  const other = [`${youtube.origin}/embed/other`, 'youtube'] as const;
  const [a, b, c] = [frame('a', one), frame('b', own), frame('c', other)];
  const step = (what: string, items: AppState['items'], isShown = true): Step => ({
    what,
    state: { title: what, isShown, items },
  });
  return [
    { ...step('sent by the server', [a, b, c]), act: '0' },
    step('other text and addresses', [frame('a', other, 'A'), frame('b', one, 'B'), frame('c', own, 'C')]),
    step('moved', [frame('d', one), c, b, a]),
    step('other keys', [frame('e', one), frame('f', other), frame('g', own), frame('h', one)]),
    step('taken out', [frame('f', other), frame('h', one)]),
    step('hidden', [frame('f', other), frame('h', one)], false),
    step('shown again', [a, b, c]),
  ];
}
