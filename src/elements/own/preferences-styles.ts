import { placeholderStyles } from '../placeholder-styles';

/**
 * The own theme’s dialogs, preferences and tables. On a phone, all purposes are on one screen: what they are is said with their services.
 * What stays in sight while the rest is scrolled does not where the window is low, as at 400 %.
 */
export const preferencesStyles = `
.cookie-gatekeeper:not(#_) {
  small { display: block; font-size: 0.875em; font-weight: 400; }
  .item { padding: 8px 0; border-top: 1px solid var(--line); }
  .item p, .item ul { margin: 0.25em 0; font-size: 0.875em; line-height: 1.4; }
  .row {
    display: flex; justify-content: space-between; align-items: center; gap: 16px; min-height: 44px;
    font-weight: 700; line-height: 1.3;
  }
  label { cursor: pointer; }
  .item .row:not(label) { min-height: 0; }
  /* An objection is no consent, nor does it look like one. */
  .row:has([value=false]) { flex-direction: row-reverse; justify-content: start; gap: 8px; font-weight: 400; }
  input[value=false] { width: 20px; height: 20px; margin: 0; accent-color: var(--accent); cursor: pointer; }
  .item .item { margin-inline-start: 16px; }
  summary { cursor: pointer; text-decoration: underline; width: fit-content; padding: 4px 0; font-size: 0.875em; }
  [hidden] { display: none; }
  input[type=search] {
    display: block; width: 100%; min-height: 44px; padding: 0.3em 0.6em; font: inherit; color: inherit; background: none;
    border: 2px solid var(--line); border-radius: var(--radius);
  }
  input[type=checkbox]:not([value=false]) {
    appearance: none; position: relative; flex: none; width: 48px; height: 28px; margin: 0; cursor: pointer;
    border: 2px solid var(--line); border-radius: 16px;

    &::before {
      content: ""; position: absolute; inset-block-start: 2px; inset-inline-start: 2px;
      border: 10px solid var(--line); border-radius: 50%;
    }
    &:indeterminate::before { inset-inline-start: 12px; }
    &:checked { background: var(--accent); border-color: var(--accent); }
    &:checked::before { inset-inline-start: calc(100% - 22px); border-color: var(--ground); }
    &:disabled { opacity: 0.6; cursor: default; }
    @media (prefers-reduced-motion: no-preference) { &::before { transition: inset-inline-start 0.15s; } }
  }
  header button { flex: none; }
  header { display: flex; flex-wrap: wrap; gap: 0 16px; align-items: center; justify-content: space-between; overflow-wrap: break-word; }
  .actions { margin-top: 16px; }
}
dialog.cookie-gatekeeper:not(#_) {
  width: 44em; max-width: calc(100% - 16px); max-height: calc(100% - 16px); padding: 0 24px; overflow: auto;
  border: 1px solid; border-radius: var(--radius);

  > header, .actions { z-index: 1; padding: 12px 0; background: var(--ground); }
  .actions { border-top: 1px solid var(--line); }
  @media (min-height: 34rem) {
    scroll-padding: 5em 0 9em;
    > header, .actions { position: sticky; inset-block: 0; }
  }
  @media (max-width: 36rem) {
    padding: 0 16px;
    .actions > :last-child { flex-basis: 100%; }
  }
}
dialog.cookie-gatekeeper::backdrop { background: #0009; }
html:has(dialog.cookie-gatekeeper[open]) { overflow: hidden; }
@media (max-width: 36rem) {
  .cookie-gatekeeper:not(#_) .item:has(> details:not([open])) > p { display: none; }
}
cookie-preferences, cookie-policy { display: block; }
.cookie-gatekeeper-table { overflow-x: auto; margin-block: 16px 32px; }
:where(.cookie-gatekeeper-table table) { width: 100%; border-collapse: collapse; }
:where(.cookie-gatekeeper-table caption) { padding-block: 8px; font-weight: 700; text-align: start; }
:where(.cookie-gatekeeper-table th, .cookie-gatekeeper-table td) {
  min-width: 7em; padding: 8px 12px; border-bottom: 1px solid #8a94a0; text-align: start; vertical-align: top;
}
cookie-placeholder > .cookie-gatekeeper:not(#_) { border: 1px solid var(--line); }
${placeholderStyles}`;
