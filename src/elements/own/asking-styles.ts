/**
 * The own theme, as far as it asks. What the site says about all elements is taken back inside ours (`all: revert`, and
 * the `:not(#_)` that lifts it above the site’s rules), so that the two choices look alike on every site. It is light or
 * dark as the page around it is, and its text as large as the visitor has set it, whatever the site's root is: `medium`, and all
 * else by that. A monospace font alone would make that smaller.
 */
export const askingStyles = `
:is(cookie-banner, cookie-placeholder):not(#_) { font: medium sans-serif !important; }
.cookie-gatekeeper:not(#_) {
  all: revert;
  box-sizing: border-box;
  color-scheme: var(--cookie-gatekeeper-scheme, inherit);
  --accent: var(--cookie-gatekeeper-accent, light-dark(#174ea6, #9cc2ff));
  --radius: var(--cookie-gatekeeper-radius, 8px);
  --line: light-dark(#8a94a0, #7a8593);
  --ground: var(--cookie-gatekeeper-ground, light-dark(#fff, #1b2026));
  color: var(--cookie-gatekeeper-ink, light-dark(#1b1f24, #eceff3));
  background: var(--ground);
  font: medium/1.5 var(--cookie-gatekeeper-font, system-ui), sans-serif;
  text-align: start;
  overflow-wrap: anywhere;

  * { all: revert; box-sizing: border-box; }
  [role=heading] { font-weight: 700; font-size: 1.2em; line-height: 1.3; margin: 0; }
  p, ul { margin: 0.5em 0; }
  a { color: inherit; }
  .actions { display: flex; flex-wrap: wrap; gap: 8px; }
  .actions > * { flex: 1 1 7.08em; }
  button {
    font: inherit; font-weight: 700; line-height: 1.25; min-height: 44px; padding: 0.3em 0.6em; cursor: pointer;
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
  max-height: calc(100% - 128px); overflow: auto; padding: 8px 16px;
  border-top: 1px solid var(--line); box-shadow: 0 0 32px #0004;
  font-size: 0.8125em; line-height: 1.3;

  ul { padding: 0; }
  li { display: inline; }
  li + li::before { content: " · "; }
  .actions { margin-top: 9.6px; }
  button { padding-inline: 1px; }

  @media (max-width: 24rem) {
    button { font-size: 0.9231em; }
    .actions { gap: 4px; }
  }
  @media (min-width: 48rem) and (min-height: 30.01rem) {
    inset-block-end: 19.2px; inset-inline: 19.2px auto; width: 38.4em; max-height: calc(100% - 38.4px); padding: 19.2px;
    border: 1px solid var(--line); border-radius: var(--radius);
    font-size: 0.9375em; line-height: 1.5;
    button { padding-inline: 0.6em; }
  }
  @media (max-width: 47.99rem) or (max-height: 30rem) {
    [role=heading] { font-size: 1em; }
    p, ul { margin: 0.25em 0; }
    .actions { margin-top: 6.4px; }
    .cookie-gatekeeper-names { display: none; }
  }
  /* The smallest phones, and those that lie: all words in one paragraph. */
  @media (max-width: 22rem) or ((min-width: 34rem) and (max-height: 30rem)) {
    font-size: 0.75em; line-height: 1.25;
    [role=heading], p, ul { display: inline; }
    [role=heading]::after { content: " – "; }
    ul::before { content: " "; }
  }
  @media (min-width: 34rem) and (max-height: 30rem) {
    min-height: 113px; padding-inline-end: 248px;
    .actions { position: absolute; inset: 0 auto; inset-inline-end: 16px; width: 216px; align-content: center; margin: 0; }
  }
  /* Of those that lie, the lowest: the buttons stand one below the other, and leave the words more room. */
  @media (min-width: 34rem) and (max-height: 22rem) {
    min-height: 106px; padding-inline-end: 132px;
    .actions { width: 108px; gap: 4px; }
    button { min-height: 30px; padding-block: 0; }
  }
  @media (prefers-reduced-motion: no-preference) { animation: cookie-gatekeeper-rise 0.25s ease-out; }
  @media print { display: none; }
}
@keyframes cookie-gatekeeper-rise { from { translate: 0 32px; } }
`;
