/**
 * The own theme, as far as it asks. What the site says about all elements is taken back inside ours (`all: revert`, and
 * the `:not(#_)` that lifts it above the site’s rules), so that the two choices look alike on every site. It is light or
 * dark as the page around it is.
 */
export const askingStyles = `
.cookie-gatekeeper:not(#_) {
  all: revert;
  box-sizing: border-box;
  color-scheme: var(--cookie-gatekeeper-scheme, inherit);
  --accent: var(--cookie-gatekeeper-accent, light-dark(#174ea6, #9cc2ff));
  --radius: var(--cookie-gatekeeper-radius, 0.5rem);
  --line: light-dark(#8a94a0, #7a8593);
  --ground: var(--cookie-gatekeeper-ground, light-dark(#fff, #1b2026));
  color: var(--cookie-gatekeeper-ink, light-dark(#1b1f24, #eceff3));
  background: var(--ground);
  font: 1rem/1.5 var(--cookie-gatekeeper-font, system-ui, sans-serif);
  text-align: start;
  overflow-wrap: anywhere;

  * { all: revert; box-sizing: border-box; }
  h2 { font-size: 1.2em; line-height: 1.3; margin: 0; }
  p, ul { margin: 0.5em 0; }
  a { color: inherit; }
  .actions { display: flex; flex-wrap: wrap; gap: 0.5rem; }
  .actions > * { flex: 1 1 5.75rem; }
  button {
    font: inherit; font-weight: 700; line-height: 1.25; min-height: 2.75rem; padding: 0.3em 0.6em; cursor: pointer;
    overflow-wrap: normal; hyphens: auto;
    color: var(--accent); background: transparent;
    border: 2px solid var(--accent); border-radius: var(--radius);
  }
  .choice { color: var(--cookie-gatekeeper-on-accent, light-dark(#fff, #0e1a2b)); background: var(--accent); }
  button:hover { text-decoration: underline; }
  :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
  [role=alert] { font-weight: 700; color: light-dark(#a3160d, #ffb4ab); }
}
.cookie-gatekeeper-banner.cookie-gatekeeper:not(#_) {
  position: fixed; inset: auto 0 0; z-index: 2147483000;
  max-height: calc(100% - 8rem); overflow: auto; padding: 0.75rem 1rem;
  border-top: 1px solid var(--line); box-shadow: 0 0 2rem #0004;
  font-size: 0.8125rem; line-height: 1.4;

  ul { padding: 0; }
  li { display: inline; }
  li + li::before { content: " · "; }
  .actions { margin-top: 0.6rem; }
  button { padding-inline: 1px; }

  @media (max-width: 24rem) {
    button { font-size: 0.75rem; }
    .actions { gap: 0.25rem; }
  }
  @media (min-width: 48rem) and (min-height: 30.01rem) {
    inset-block-end: 1.2rem; inset-inline: 1.2rem auto; width: 36rem; max-height: calc(100% - 2.4rem); padding: 1.2rem;
    border: 1px solid var(--line); border-radius: var(--radius);
    font-size: 0.9375rem; line-height: 1.5;
    button { padding-inline: 0.6em; }
  }
  @media ((max-width: 47.99rem) and (max-height: 50rem)) or (max-height: 30rem) {
    padding-block: 0.5rem; line-height: 1.3;
    h2 { font-size: 1em; }
    p, ul { margin: 0.25em 0; }
    .actions { margin-top: 0.4rem; }
    .cookie-gatekeeper-names { display: none; }
  }
  @media (min-width: 40rem) and (max-height: 30rem) {
    display: grid; grid-template-columns: 1fr 14.5rem; column-gap: 1rem; font-size: 0.75rem;
    .actions { grid-area: 1 / 2 / span 3; align-self: center; margin: 0; }
  }
  @media (prefers-reduced-motion: no-preference) { animation: cookie-gatekeeper-rise 0.25s ease-out; }
  @media print { display: none; }
}
@keyframes cookie-gatekeeper-rise { from { translate: 0 2rem; } }
`;
