import { placeholderStyles } from '../placeholder-styles';

/** What the design system has no classes for: a confirmation that stays in sight, where the window is high enough. */
export const preferencesStyles = `
@media (min-height: 34rem) {
  dialog:has(.fr-consent-manager__buttons) .fr-modal__header:not(#_) {
    position: sticky; inset-block-start: 0; z-index: 2; background: var(--background-lifted-grey);
  }
  dialog .fr-consent-manager__buttons:not(#_) {
    position: sticky; inset-block-end: 0; z-index: 1; margin-block: 0; padding-block-start: 1rem;
    background: var(--background-lifted-grey);
  }
  dialog:has(.fr-consent-manager__buttons) :is(.fr-modal__body, .fr-modal__content):not(#_) { scroll-padding-block: 4rem 6rem; }
}
@media (max-width: 36em) {
  /* On a phone, what purposes are is said with their services. */
  .fr-consent-service > fieldset:not(#_):has(> .fr-collapse:not(.fr-collapse--expanded)) > .fr-consent-service__desc { display: none; }
}
.fr-consent-manager [hidden]:not(#_) { display: none; }
${placeholderStyles}`;
