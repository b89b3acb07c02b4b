/**
 * How placeholders are laid out, in every theme: all of it in sight in a frame of 640 × 360 CSS pixels, 320 × 180 and
 * 160 × 90. What there is no room for is in the details. The `:not(#_#_)` lifts it above the themes, and the site’s rules.
 * Text and room are measured by what the visitor has set, whatever the site's root is.
 */
export const placeholderStyles = `
cookie-placeholder:not(#_#_) { font-size: medium; }
:where(cookie-placeholder:not([data-url])) { display: block; container-type: inline-size; }
/* Only where the visitor has larger or wider text than fits. */
cookie-placeholder[data-url] { container-type: size; overflow: auto; }
cookie-placeholder > div:not(#_#_) {
  box-sizing: border-box; min-height: 100%; margin: 0; padding: 16px;
  display: flex; flex-direction: column; align-items: center; justify-content: center; gap: 12px;
  text-align: center; line-height: 1.3;

  > * { margin: 0; max-width: 100%; line-height: inherit !important; }
  > :first-child { font-size: 1.125em !important; font-weight: 700; }
  .cookie-gatekeeper-row { display: flex; flex-wrap: wrap; justify-content: center; gap: 8px; }
  a { display: inline-flex; align-items: center; justify-content: center; min-height: 24px; }

  /* As many lines as there is room for, where the details have the rest. */
  @container (max-height: 16.99em) {
    &:has(button) > :not(div) {
      display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: var(--lines, 3); overflow: hidden;
    }
    > :first-child { --lines: 2; }
  }
  @container (max-height: 10.49em) { > * { --lines: 2; } }
  @container (max-width: 29.99em) or (max-height: 16.99em) {
    padding: 8px; gap: 6.4px;
    > :nth-child(n) { font-size: 0.875em !important; }
    .cookie-gatekeeper-row { flex-wrap: nowrap; width: 100%; max-width: 27.4em; }
    .cookie-gatekeeper-row > * {
      flex: 1 1 0; min-width: 0; max-width: 12.57em; min-height: 36px; margin: 0; padding: 3.2px 6.4px; justify-content: center;
      font-size: inherit; line-height: 1.2; overflow-wrap: normal; text-wrap: balance;
    }
    .cookie-gatekeeper-row > .cookie-gatekeeper-more {
      flex: 0 0 36px; max-width: none; padding: 0; font-size: 0;
      &::before { content: "…"; font-size: medium; }
    }
  }
  @container (max-width: 16.24em) or (max-height: 9.37em) {
    padding: 4px; gap: 4px; line-height: 1.2;
    > :nth-child(n) { font-size: 0.6875em !important; }
    .cookie-gatekeeper-row { gap: 4px; }
    .cookie-gatekeeper-row > * { min-height: 24px; padding: 0; border-width: 1px; font-weight: 400; outline-offset: 0; }
    .cookie-gatekeeper-row > .cookie-gatekeeper-more { flex-basis: 24px; }
  }
  @container ((max-width: 29.99em) and (max-height: 9.37em)) or (max-height: 4.99em) {
    &:has(button) > .cookie-gatekeeper-text, &:not(:has(button)) > :first-child { display: none; }
  }
  @container (max-height: 4.99em) { padding-block: 2px; > :first-child { --lines: 1; } }
}
cookie-placeholder[data-poster] > div:not(#_#_) { min-height: 0; translate: 0 max(0px, 100cqh - 100%); }
`;
