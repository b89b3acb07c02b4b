/**
 * What the design system has no classes for: a banner that leaves a phone’s page in sight.
 * Its links are underlined by a picture, and in forced colours there is none.
 */
export const askingStyles = `
.fr-consent-banner:not(#_) {
  ul.fr-text--sm { padding: 0; }
  .fr-text--sm > li { display: inline; }
  li + li::before { content: " · "; }
  .fr-consent-banner__buttons > li::before { content: none; }

  @media (forced-colors: active) { a { text-decoration: underline; } }
  @media (max-width: 47.99em), (max-height: 30em) {
    padding: 0.5rem 1rem;
    --title-spacing: 0;
    .fr-h6 { margin: 0; font-size: 1rem !important; line-height: 1.25rem !important; }
    .fr-text--sm { margin: 0.125rem 0 !important; font-size: 0.8125rem !important; line-height: 1.125rem !important; }
    .fr-consent-banner__buttons { display: flex; flex-wrap: wrap; gap: 0.5rem; margin: 0.375rem 0 0; }
    .fr-consent-banner__buttons > li { flex: 1 1 5.75rem; padding: 0; }
    .fr-btn {
      width: 100%; height: 100%; margin: 0; padding: 0.25rem; justify-content: center; text-align: center;
      font-size: 0.875rem; line-height: 1.25rem;
    }
    .cookie-gatekeeper-names { display: none; }
  }
  /* The smallest phones, and those that lie: all words in one paragraph. */
  @media (max-width: 22em) or ((min-width: 34em) and (max-height: 30em)) {
    line-height: 0.9375rem;
    .fr-h6, .fr-consent-banner__content, .fr-text--sm { display: inline; font-size: 0.75rem !important; line-height: 0.9375rem !important; }
    .fr-h6::after { content: " – "; }
    ul.fr-text--sm::before { content: " "; }
  }
  @media (min-width: 34em) and (max-height: 30em) {
    inset: auto 0 0; width: 100%; max-width: none; min-height: 6.75rem; margin: 0; padding-inline-end: 15.25rem;
    .fr-consent-banner__buttons { position: absolute; inset: 0 auto; inset-inline-end: 1rem; width: 13.25rem; align-content: center; margin: 0; }
    .fr-btn { font-size: 0.8125rem; }
  }
  /* Of those that lie, the lowest: the buttons stand one below the other, and leave the words more room. */
  @media (min-width: 34em) and (max-height: 22em) {
    min-height: 6.625rem; padding-inline-end: 8.25rem;
    .fr-consent-banner__buttons { width: 6.75rem; gap: 0.25rem; }
    .fr-consent-banner__buttons > li { flex-basis: 100%; }
    .fr-btn { min-height: 1.875rem; padding-block: 0; font-size: 0.75rem; }
  }
  @media (max-width: 24em) {
    .fr-consent-banner__buttons { gap: 0.25rem; }
    .fr-btn { padding-inline: 0; font-size: 0.75rem; }
  }
}
`;
