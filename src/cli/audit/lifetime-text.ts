const DAYS_OF_MONTH = 30.44;

/** Browsers shorten what is to be kept longer to 400 days. */
const BROWSERS_MOST = 400;

/** Whether it is as long as browsers allow, so that it may have been longer. */
export function isShortened(days: number): boolean {
  return days > BROWSERS_MOST - 1 && days <= BROWSERS_MOST;
}

/** How long a cookie is kept, in words for visitors. @param days undefined for the session */
export function lifetimeText(days: number | undefined): { en: string; fr: string } {
  if (days === undefined) return { en: 'Session', fr: 'Session' };
  const minutes = Math.round(days * 24 * 60);
  if (minutes < 120) return { en: `${minutes} minutes`, fr: `${minutes} minutes` };
  if (days < 2) return { en: `${Math.round(days * 24)} hours`, fr: `${Math.round(days * 24)} heures` };
  if (days < 60) return { en: `${Math.round(days)} days`, fr: `${Math.round(days)} jours` };
  const months = Math.round(days / DAYS_OF_MONTH);
  if (isShortened(days)) return { en: `${months} months or longer`, fr: `${months} mois ou plus` };
  return { en: `${months} months`, fr: `${months} mois` };
}
