import { placeholderStyles } from '../placeholder-styles';

/**
 * The own theme’s dialogs, preferences and tables. On a phone, all purposes are on one screen: what they are is said with their services.
 * What stays in sight while the rest is scrolled does not where the window is low, as at 400 %.
 */
export const preferencesStyles = `
.cookie-gatekeeper:not(#_) {
  small { display: block; font-size: 0.875em; font-weight: 400; }
  .item { padding: 0.5rem 0; border-top: 1px solid var(--line); }
  .item p, .item ul { margin: 0.25em 0; font-size: 0.875rem; line-height: 1.4; }
  .row {
    display: flex; justify-content: space-between; align-items: center; gap: 1rem; min-height: 2.75rem;
    font-weight: 700; line-height: 1.3;
  }
  label { cursor: pointer; }
  .item .row:not(label) { min-height: 0; }
  /* An objection is no consent, nor does it look like one. */
  .row:has([value=false]) { flex-direction: row-reverse; justify-content: start; gap: 0.5rem; font-weight: 400; }
  input[value=false] { width: 1.25rem; height: 1.25rem; margin: 0; accent-color: var(--accent); cursor: pointer; }
  .item .item { margin-inline-start: 1rem; }
  summary { cursor: pointer; text-decoration: underline; width: fit-content; padding: 0.25rem 0; font-size: 0.875rem; }
  [hidden] { display: none; }
  input[type=search] {
    display: block; width: 100%; min-height: 2.75rem; padding: 0.3em 0.6em; font: inherit; color: inherit; background: none;
    border: 2px solid var(--line); border-radius: var(--radius);
  }
  input[type=checkbox]:not([value=false]) {
    appearance: none; position: relative; flex: none; width: 3rem; height: 1.75rem; margin: 0; cursor: pointer;
    border: 2px solid var(--line); border-radius: 1rem;

    &::before {
      content: ""; position: absolute; inset-block-start: 2px; inset-inline-start: 2px;
      border: 0.625rem solid var(--line); border-radius: 50%;
    }
    &:indeterminate::before { inset-inline-start: 0.75rem; }
    &:checked { background: var(--accent); border-color: var(--accent); }
    &:checked::before { inset-inline-start: calc(100% - 1.25rem - 2px); border-color: var(--ground); }
    &:disabled { opacity: 0.6; cursor: default; }
    @media (prefers-reduced-motion: no-preference) { &::before { transition: inset-inline-start 0.15s; } }
  }
  header button { flex: none; }
  header { display: flex; flex-wrap: wrap; gap: 0 1rem; align-items: center; justify-content: space-between; overflow-wrap: break-word; }
  .actions { margin-top: 1rem; }
}
dialog.cookie-gatekeeper:not(#_) {
  width: 44rem; max-width: calc(100% - 1rem); max-height: calc(100% - 1rem); padding: 0 1.5rem; overflow: auto;
  border: 1px solid; border-radius: var(--radius);

  > header, .actions { z-index: 1; padding: 0.75rem 0; background: var(--ground); }
  .actions { border-top: 1px solid var(--line); }
  @media (min-height: 34rem) {
    scroll-padding: 5rem 0 9rem;
    > header, .actions { position: sticky; inset-block: 0; }
  }
  @media (max-width: 36rem) {
    padding: 0 1rem;
    .actions > :last-child { flex-basis: 100%; }
  }
}
dialog.cookie-gatekeeper::backdrop { background: #0009; }
html:has(dialog.cookie-gatekeeper[open]) { overflow: hidden; }
@media (max-width: 36rem) {
  .cookie-gatekeeper:not(#_) .item:has(> details:not([open])) > p { display: none; }
}
cookie-preferences, cookie-policy { display: block; }
.cookie-gatekeeper-table { overflow-x: auto; margin-block: 1rem 2rem; }
:where(.cookie-gatekeeper-table table) { width: 100%; border-collapse: collapse; }
:where(.cookie-gatekeeper-table caption) { padding-block: 0.5rem; font-weight: 700; text-align: start; }
:where(.cookie-gatekeeper-table th, .cookie-gatekeeper-table td) {
  min-width: 7rem; padding: 0.5rem 0.75rem; border-bottom: 1px solid #8a94a0; text-align: start; vertical-align: top;
}
cookie-placeholder > .cookie-gatekeeper:not(#_) { border: 1px solid var(--line); }
${placeholderStyles}`;
