/**
 * The own theme. What the site says about all elements is taken back inside ours (`all: revert`, and the
 * `:not(#_)` that lifts it above the site’s rules), so that the two choices look alike on every site.
 */
export const styles = `
.cookie-gatekeeper:not(#_) {
  all: revert;
  box-sizing: border-box;
  color-scheme: var(--cookie-gatekeeper-scheme, light dark);
  --accent: var(--cookie-gatekeeper-accent, light-dark(#174ea6, #9cc2ff));
  --radius: var(--cookie-gatekeeper-radius, 0.5rem);
  --line: light-dark(#8a94a0, #7a8593);
  color: var(--cookie-gatekeeper-ink, light-dark(#1b1f24, #eceff3));
  background: var(--cookie-gatekeeper-ground, light-dark(#fff, #1b2026));
  font: 1rem/1.5 var(--cookie-gatekeeper-font, system-ui, sans-serif);
  text-align: start;
  overflow-wrap: anywhere;

  * { all: revert; box-sizing: border-box; }
  h2 { font-size: 1.25em; line-height: 1.3; margin: 0; }
  legend { font-size: 1.1em; padding: 0 0.4em; }
  p, ul { margin: 0.6em 0; }
  ul { padding-inline-start: 1.3em; }
  a { color: inherit; }
  details { margin: 0.6em 0; }
  summary { cursor: pointer; text-decoration: underline; width: fit-content; }
  fieldset { border: 1px solid var(--line); border-radius: var(--radius); margin: 1em 0; padding: 0.3em 1em; min-width: 0; }
  .service { border-top: 1px solid var(--line); padding: 0.7em 0; }
  label { display: inline-flex; gap: 0.6em; align-items: center; min-height: 1.6em; font-weight: 700; cursor: pointer; }
  input { flex: none; width: 1.4em; height: 1.4em; margin: 0; accent-color: var(--accent); }
  .actions { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(9.5em, 100%), 1fr)); gap: 0.6em; margin-top: 1em; }
  button {
    font: inherit; font-weight: 700; line-height: 1.3; min-height: 2.75em; padding: 0.4em 1em; cursor: pointer;
    color: var(--accent); background: transparent;
    border: 2px solid var(--accent); border-radius: var(--radius);
  }
  .choice { color: var(--cookie-gatekeeper-on-accent, light-dark(#fff, #0e1a2b)); background: var(--accent); }
  button:hover { text-decoration: underline; }
  :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
  [role=alert] { font-weight: 700; color: light-dark(#a3160d, #ffb4ab); }
  header { display: flex; flex-wrap: wrap; gap: 0.5em 1em; align-items: center; justify-content: space-between; }
}
.cookie-gatekeeper-banner.cookie-gatekeeper:not(#_) {
  position: fixed; inset: auto 0 0; z-index: 2147483000;
  max-height: calc(100% - 8rem); overflow: auto; padding: 1.2rem;
  border-top: 1px solid var(--line); box-shadow: 0 0 2rem #0004;

  @media (min-width: 48rem) {
    inset-block-end: 1.2rem; inset-inline: 1.2rem auto; width: 38rem; max-height: calc(100% - 2.4rem);
    border: 1px solid var(--line); border-radius: var(--radius);
  }
  @media (prefers-reduced-motion: no-preference) { animation: cookie-gatekeeper-rise 0.25s ease-out; }
  @media print { display: none; }
}
@keyframes cookie-gatekeeper-rise { from { translate: 0 2rem; } }
dialog.cookie-gatekeeper:not(#_) {
  width: 46rem; max-width: 100%; max-height: 100%; padding: 1.2rem; overflow: auto;
  border: 1px solid; border-radius: var(--radius);
}
dialog.cookie-gatekeeper::backdrop { background: #0009; }
html:has(dialog.cookie-gatekeeper[open]) { overflow: hidden; }
cookie-preferences, cookie-policy { display: block; }
cookie-placeholder > .cookie-gatekeeper:not(#_) {
  min-height: 100%; padding: 1em; border: 1px solid var(--line);
  display: flex; flex-direction: column; align-items: center; justify-content: center; text-align: center;
}
.cookie-gatekeeper-table { overflow-x: auto; }
`;
