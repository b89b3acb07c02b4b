import { adoptStyles } from './adopt-styles';
import type { WholeInterface } from './start-preferences';

/** Gives a tree all styles of the interface. A placeholder may stand in a shadow tree, which the document's do not reach. */
export function adoptAll({ theme }: WholeInterface, tree?: Node): void {
  for (const styles of [theme.styles, theme.preferencesStyles])
    adoptStyles(styles, tree as Document | ShadowRoot | undefined);
}
