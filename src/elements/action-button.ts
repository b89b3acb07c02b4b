import { element } from './element';
import type { Action } from './theme';

export function actionButton({ label, name, act }: Action, className: string): HTMLButtonElement {
  const onclick = ({ currentTarget }: Event) => void act(currentTarget as HTMLElement);
  return element('button', { type: 'button', class: className, 'aria-label': name, onclick }, label);
}
