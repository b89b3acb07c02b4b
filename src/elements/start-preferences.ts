import type { Opens } from '../page/decisions/reopening';
import { adoptAll } from './adopt-all';
import { keepStyled } from './adopt-styles';
import type { Interface } from './interface';
import { sayStaysClosed, sayWithdrawn } from './notice';
import { connectPlaceholder } from './placeholder';
import { connectPolicy } from './policy-table';
import { connectPreferences } from './preferences';
import { openPreferences } from './preferences-dialog';
import type { ShownPolicy, ShownService } from './shown-policy';
import type { PreferencesTheme, Theme } from './theme';
import type { TextsByLanguage } from './words';

/** Shows what an element is for. @returns what to do when it is taken out of the page */
export type Connect = (ui: Interface, host: HTMLElement) => () => void;

/** The interface, with what is loaded when the visitor wants it. */
export interface WholeInterface extends Interface {
  policy: ShownPolicy;
  theme: Theme;
}

/** What the visitor need not have to be asked. */
export interface Preferences {
  connect: Record<'preferences' | 'policy' | 'placeholder', (host: HTMLElement) => () => void>;
  /** Opens the preferences in a dialog. Parameters as for `openPreferences`. */
  open(opener: HTMLElement, otherwise?: () => void): void;
  sayWithdrawn(control: HTMLElement): void;
  /** Says that what the visitor has allowed does not come by itself. */
  sayStaysClosed(opens: Opens): void;
}

/** What is loaded with it: how it looks, what it says, and all that visitors see of the policy. */
export interface PreferencesParts {
  theme: PreferencesTheme;
  texts: TextsByLanguage;
  services: ShownService[];
}

/** Makes an interface whole. */
export function startPreferences(asking: Interface, { theme, texts, services }: PreferencesParts): Preferences {
  const ui: WholeInterface = Object.assign(asking, {
    theme: { ...asking.theme, ...theme },
    texts: Object.fromEntries(
      Object.entries(asking.texts).map(([language, asked]) => [language, { ...asked, ...texts[language] }]),
    ),
    policy: { ...asking.policy, services },
  });
  adoptAll(ui);
  const styled = (connect: (ui: WholeInterface, host: HTMLElement) => () => void) => (host: HTMLElement) => {
    keepStyled(host, () => adoptAll(ui));
    return connect(ui, host);
  };
  return (ui.preferences = {
    connect: {
      preferences: styled(connectPreferences),
      policy: styled(connectPolicy),
      placeholder: (host) => connectPlaceholder(ui, host),
    },
    open: (opener, otherwise) => openPreferences(ui, opener, otherwise),
    sayWithdrawn: (control) => sayWithdrawn(ui, control),
    sayStaysClosed: (opens) => sayStaysClosed(ui, opens),
  });
}
