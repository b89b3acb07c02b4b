const KEPT = 3;
const MONTH_SECONDS = 30 * 24 * 3600;

/** The ids of the datasets that the visitor opened last, the latest first. */
export function recentlyViewed() {
  const [, ids = ''] = /(?:^|; )recently_viewed=([^;]*)/.exec(document.cookie) ?? [];
  return ids.split('.').filter(Boolean);
}

/** Remembers a dataset in a first-party cookie, as soon as the visitor agrees to that. */
export async function rememberDataset(id) {
  if (!window.gatekeeper) return;
  await window.gatekeeper.whenGranted('recently-viewed');
  const ids = [id, ...recentlyViewed().filter((other) => other !== id)].slice(0, KEPT);
  document.cookie = `recently_viewed=${ids.join('.')}; Path=/; SameSite=Lax; Max-Age=${MONTH_SECONDS}`;
}
