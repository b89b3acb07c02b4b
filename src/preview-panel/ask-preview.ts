import type { PanelSettings } from './settings';

/**
 * Posts to the preview that has served the page.
 * @returns what it answers
 * @throws (rejects) with its words when it refuses, or that it has ended
 */
export async function askPreview(
  { token }: PanelSettings,
  what: 'parties' | 'policy',
  content: object,
): Promise<unknown> {
  const response = await fetch(`/__gatekeeper-preview/${what}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ ...content, token }),
  }).catch(() => {
    throw new Error('The preview has ended. Start it again.');
  });
  const answer = (await response.json()) as { detail?: string };
  if (!response.ok) throw new Error(answer.detail);
  return answer;
}
