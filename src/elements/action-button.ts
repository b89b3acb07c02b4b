import { element } from './element';
import type { Action } from './theme';

export function actionButton({ label, act }: Action, className: string): HTMLButtonElement {
  return element(
    'button',
    { type: 'button', class: className, onclick: ({ currentTarget }) => act(currentTarget as HTMLElement) },
    label,
  );
}
