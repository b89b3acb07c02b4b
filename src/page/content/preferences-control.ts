/** The control that a click was on, of those that a page may place (`data-cookie-preferences`), also in an open shadow tree. */
export function preferencesControl(event: Event): HTMLElement | undefined {
  const isControl = (target: EventTarget): target is HTMLElement =>
    target instanceof HTMLElement && 'cookiePreferences' in target.dataset;
  return event.composedPath().find(isControl);
}
